"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ChoiceGroup } from "@/components/shell/choice-group";
import { DateField } from "@/components/shell/date-field";
import { ACCEPTED, AUDIT_ACTION_WORDS, UNKNOWN_PERSON } from "@/lib/contracts/audit";
import { auditCsvUrl, auditPeopleQuery } from "@/lib/queries/audit-queries";
import type { AuditAddress } from "./audit-filter";
import classes from "./audit-filters.module.css";

const DATE_FIELD = { className: classes.field, inputClassName: classes.input };

const RESULTS = [
  { value: null, label: "All" },
  { value: ACCEPTED, label: "Accepted" },
  { value: "refused", label: "Refused" },
] as const;

/** What narrows the list down, and the file of everything that it lets through. */
export function AuditFilters({ address }: { address: AuditAddress }) {
  const { filter, change } = address;
  return (
    <search className={classes.bar} aria-label="Filter the audit">
      <ChoiceGroup
        legend="Result"
        choices={RESULTS}
        chosen={filter.result ?? null}
        onChoose={(result) => change({ result })}
      />
      <label className={`${classes.field} ${classes.find}`}>
        <span className={classes.hidden}>Text</span>
        <input
          type="search"
          className={classes.input}
          placeholder="Find in the entries"
          maxLength={200}
          value={address.text}
          onChange={(event) => address.setText(event.currentTarget.value)}
        />
      </label>
      <PersonField person={filter.person ?? null} onPerson={(person) => change({ person })} />
      <ActionField action={filter.action ?? null} onAction={(action) => change({ action })} />
      <fieldset className={classes.dates}>
        <legend className={classes.hidden}>Days, Eastern time</legend>
        <DateField
          {...DATE_FIELD}
          label="from"
          value={filter.from ?? null}
          onDate={(from) => change({ from })}
        />
        <DateField {...DATE_FIELD} label="to" value={filter.to ?? null} onDate={(to) => change({ to })} />
      </fieldset>
      {filter.run !== undefined && (
        <span className={classes.run}>
          of one run
          <button
            type="button"
            className={classes.remove}
            aria-label="Show all runs again"
            onClick={() => change({ run: null })}
          >
            ×
          </button>
        </span>
      )}
      {address.filtered && (
        <Button variant="subtle" size="xs" onClick={address.clear}>
          Clear
        </Button>
      )}
      <Button
        component="a"
        variant="default"
        className={classes.csv}
        href={auditCsvUrl(filter)}
        download
        title="Every entry that these filters let through, as a file"
      >
        CSV
      </Button>
    </search>
  );
}

function PersonField({
  person,
  onPerson,
}: {
  person: string | null;
  onPerson: (person: string | null) => void;
}) {
  const { data } = useQuery(auditPeopleQuery());
  const people = data?.people ?? [];
  // Somebody who was removed, or whose name is not here yet, stays chosen.
  const listed = person === null || person === UNKNOWN_PERSON || people.some(({ id }) => id === person);
  return (
    <label className={classes.field}>
      <span className={classes.hidden}>Person</span>
      <select
        className={classes.input}
        value={person ?? ""}
        onChange={(event) => onPerson(event.currentTarget.value || null)}
      >
        <option value="">Everybody</option>
        <option value={UNKNOWN_PERSON}>Nobody known</option>
        {people.map(({ id, name, email }) => (
          <option key={id} value={id}>
            {name === email ? email : `${name} (${email})`}
          </option>
        ))}
        {!listed && <option value={person}>Another person</option>}
      </select>
    </label>
  );
}

function ActionField({
  action,
  onAction,
}: {
  action: string | null;
  onAction: (action: string | null) => void;
}) {
  return (
    <label className={classes.field}>
      <span className={classes.hidden}>Action</span>
      <select
        className={classes.input}
        value={action ?? ""}
        onChange={(event) => onAction(event.currentTarget.value || null)}
      >
        <option value="">All actions</option>
        {Object.entries(AUDIT_ACTION_WORDS).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
        {action !== null && AUDIT_ACTION_WORDS[action] === undefined && (
          <option value={action}>{action}</option>
        )}
      </select>
    </label>
  );
}
