"use client";

import { Button } from "@mantine/core";
import { ChoiceGroup } from "@/components/shell/choice-group";
import { DateField } from "@/components/shell/date-field";
import { JOBS } from "@/jobs/registry";
import { JOB_KINDS, type JobKind, RUN_STATES } from "@/lib/contracts/runs";
import { RUN_STATE_LOOK } from "./run-state";
import { STATE_FILTERS, type StateFilter } from "./runs-filter";
import classes from "./runs-filters.module.css";

const GROUPS = [
  { value: null, label: "All" },
  { value: "active", label: "Active" },
  { value: "attention", label: "Needs attention" },
] as const satisfies readonly { value: StateFilter | null; label: string }[];

type Props = {
  state: StateFilter | null;
  kind: JobKind | null;
  date: string | null;
  onState: (state: StateFilter | null) => void;
  onKind: (kind: JobKind | null) => void;
  onDate: (date: string | null) => void;
  onClear: () => void;
};

/** Which runs are listed; the choice is in the address, so that it can be sent. */
export function RunsFilters({ state, kind, date, onState, onKind, onDate, onClear }: Props) {
  const single = state === null || state === "active" || state === "attention" ? "" : state;
  return (
    <search className={classes.bar} aria-label="Filter the runs">
      <ChoiceGroup legend="Which runs" choices={GROUPS} chosen={state} onChoose={onState} />
      <label className={classes.field}>
        <span>State</span>
        <select
          className={classes.input}
          value={single}
          onChange={(event) =>
            onState(STATE_FILTERS.find((value) => value === event.currentTarget.value) ?? null)
          }
        >
          <option value="">any</option>
          {RUN_STATES.map((value) => (
            <option key={value} value={value}>
              {RUN_STATE_LOOK[value].label}
            </option>
          ))}
        </select>
      </label>
      <label className={classes.field}>
        <span>Kind</span>
        <select
          className={classes.input}
          value={kind ?? ""}
          onChange={(event) => onKind(JOB_KINDS.find((value) => value === event.currentTarget.value) ?? null)}
        >
          <option value="">any</option>
          {JOB_KINDS.map((value) => (
            <option key={value} value={value}>
              {JOBS[value].label}
            </option>
          ))}
        </select>
      </label>
      <DateField
        label="Date"
        value={date}
        onDate={onDate}
        className={classes.field}
        inputClassName={classes.input}
      />
      {(state !== null || kind !== null || date !== null) && (
        <Button variant="subtle" size="xs" onClick={onClear}>
          Clear
        </Button>
      )}
    </search>
  );
}
