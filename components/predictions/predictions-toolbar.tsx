"use client";

import { Button } from "@mantine/core";
import { DateField } from "@/components/shell/date-field";
import { FINDINGS, PREDICTION_SORTS, type PredictionSort } from "@/lib/contracts/predictions";
import { predictionsCsvUrl } from "@/lib/queries/prediction-queries";
import type { useColumnChoice } from "./column-choice";
import { ColumnsMenu } from "./columns-menu";
import { FINDING_LOOK } from "./finding-look";
import { csvColumns } from "./prediction-columns";
import { nextOrder } from "./predictions-table";
import classes from "./predictions-toolbar.module.css";

const DATE_FIELD = { className: classes.field, inputClassName: classes.input };

import type { usePredictionsUrl } from "./predictions-url";

type ToolbarProps = {
  url: ReturnType<typeof usePredictionsUrl>;
  choice: ReturnType<typeof useColumnChoice>;
  /** On a phone the cards have no heads to sort by. */
  phone: boolean;
};

/** What narrows the table down, how it is sorted, which columns it has, and the file of what it shows. */
export function PredictionsToolbar({ url, choice, phone }: ToolbarProps) {
  const { filter } = url;
  const from = filter.date ?? filter.from ?? null;
  const to = filter.date ?? filter.to ?? null;
  return (
    <search className={classes.bar} aria-label="Filter the predictions">
      <label className={`${classes.field} ${classes.team}`}>
        <span className={classes.hidden}>Team</span>
        <input
          type="search"
          className={classes.input}
          placeholder="Team: LAL, Lakers"
          maxLength={60}
          value={url.teamText}
          onChange={(event) => url.setTeam(event.currentTarget.value)}
        />
      </label>
      <fieldset className={classes.dates}>
        <legend className={classes.hidden}>Game dates</legend>
        <DateField {...DATE_FIELD} label="from" value={from} onDate={(date) => url.setDates(date, to)} />
        <DateField {...DATE_FIELD} label="to" value={to} onDate={(date) => url.setDates(from, date)} />
      </fieldset>
      <label className={classes.field}>
        <span className={classes.hidden}>Rows</span>
        <select
          className={classes.input}
          value={filter.finding ?? ""}
          onChange={(event) =>
            url.setFinding(FINDINGS.find((finding) => finding === event.currentTarget.value) ?? null)
          }
        >
          <option value="">All rows</option>
          {FINDINGS.map((finding) => (
            <option key={finding} value={finding}>
              {FINDING_LOOK[finding].name}
            </option>
          ))}
        </select>
      </label>
      {phone && <SortField url={url} />}
      {url.filtered && (
        <Button variant="subtle" size="xs" onClick={url.clear}>
          Clear
        </Button>
      )}
      <div className={classes.end}>
        {!phone && <ColumnsMenu choice={choice} />}
        <Button
          component="a"
          variant="default"
          className={classes.csv}
          href={predictionsCsvUrl(filter, csvColumns(choice.columns))}
          download
          title="These rows and columns as a file"
        >
          CSV
        </Button>
      </div>
    </search>
  );
}

const SORT_NAME: Record<PredictionSort, string> = {
  date: "Game date",
  away: "Away team",
  home: "Home team",
  homeWin: "Home win",
  awayWin: "Away win",
  homeMoneyline: "Home moneyline",
  awayMoneyline: "Away moneyline",
  market: "Implied, home",
  edge: "Edge",
};

function SortField({ url }: Pick<ToolbarProps, "url">) {
  return (
    <div className={classes.sort}>
      <label className={classes.field}>
        <span>Sort</span>
        <select
          className={classes.input}
          value={url.sort}
          onChange={(event) => {
            const by = PREDICTION_SORTS.find((sort) => sort === event.currentTarget.value) ?? "date";
            url.setSort(by, nextOrder(by, url.sort, url.order));
          }}
        >
          {PREDICTION_SORTS.map((sort) => (
            <option key={sort} value={sort}>
              {SORT_NAME[sort]}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className={classes.order}
        aria-label={url.order === "asc" ? "Ascending: turn it round" : "Descending: turn it round"}
        onClick={() => url.setSort(url.sort, url.order === "asc" ? "desc" : "asc")}
      >
        {url.order === "asc" ? "↑" : "↓"}
      </button>
    </div>
  );
}
