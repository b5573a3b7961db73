"use client";

import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { ChoiceGroup } from "@/components/shell/choice-group";
import { PEOPLE_GROUPS, type PeopleGroup } from "./order-people";
import classes from "./people-filters.module.css";

const LABELS: Record<PeopleGroup, string> = {
  admin: "Admins",
  operator: "Operators",
  viewer: "Viewers",
  disabled: "Disabled",
};

type PeopleFiltersProps = {
  text: string;
  group: PeopleGroup | null;
  counts: Record<PeopleGroup, number>;
  total: number;
  onText: (text: string) => void;
  onGroup: (group: PeopleGroup | null) => void;
};

/** Which people are listed. */
export function PeopleFilters({ text, group, counts, total, onText, onGroup }: PeopleFiltersProps) {
  const choices = [
    { value: null, label: "All", count: total },
    ...PEOPLE_GROUPS.map((value) => ({ value, label: LABELS[value], count: counts[value] })),
  ];
  return (
    <search className={classes.bar} aria-label="Filter the people">
      <TextInput
        type="search"
        aria-label="Find a person"
        placeholder="Find a name or address"
        leftSection={<IconSearch size={14} aria-hidden />}
        className={classes.find}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <ChoiceGroup legend="Which people" choices={choices} chosen={group} onChoose={onGroup} />
    </search>
  );
}
