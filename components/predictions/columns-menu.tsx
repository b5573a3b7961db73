"use client";

import { Button, Checkbox, Popover } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import type { useColumnChoice } from "./column-choice";
import classes from "./columns-menu.module.css";
import { COLUMN_LOOK, FIXED_COLUMN, TABLE_COLUMNS } from "./prediction-columns";

/** Turns columns on and off; the choice stays in this browser. */
export function ColumnsMenu({ choice }: { choice: ReturnType<typeof useColumnChoice> }) {
  return (
    <Popover position="bottom-end" trapFocus returnFocus shadow="none" radius="md">
      <Popover.Target>
        <Button variant="default" rightSection={<IconChevronDown size={13} aria-hidden />}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.menu} aria-label="Columns">
        <fieldset className={classes.columns}>
          <legend className={classes.title}>Columns</legend>
          {TABLE_COLUMNS.map((column) => (
            <Checkbox
              key={column}
              size="xs"
              label={COLUMN_LOOK[column].label}
              checked={choice.columns.includes(column)}
              disabled={column === FIXED_COLUMN}
              onChange={() => choice.toggle(column)}
            />
          ))}
        </fieldset>
        <Button size="xs" variant="default" disabled={!choice.chosen} onClick={choice.reset}>
          As the width allows
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
