"use client";

import { Button, Popover } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { type KeyboardEvent, useState } from "react";
import { type DbtSelector, formatSelector, parseSelector } from "@/lib/dbt/parse-selector";
import { selectorWords } from "./selection";
import classes from "./selection-chip.module.css";

type SelectionChipProps = {
  text: string;
  /** Why it cannot be built; null when it can. */
  problem: string | null;
  onChange: (text: string) => void;
  onRemove: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

/** One part of the selection; a click opens how far it reaches before and after. */
export function SelectionChip({ text, problem, onChange, onRemove, onKeyDown }: SelectionChipProps) {
  const [opened, setOpened] = useState(false);
  const selector = parseSelector(text);
  const meaning = selector ? selectorWords(selector) : text;
  return (
    <span className={classes.chip} data-problem={problem !== null || undefined}>
      <Popover
        opened={opened}
        onChange={setOpened}
        trapFocus
        returnFocus
        position="bottom-start"
        shadow="none"
      >
        <Popover.Target>
          <button
            type="button"
            data-chip
            className={classes.text}
            title={problem === null ? meaning : `${text} ${problem}`}
            aria-label={problem === null ? `${text}: ${meaning}` : `${text} ${problem}`}
            aria-keyshortcuts="Delete"
            onClick={() => setOpened(!opened)}
            onKeyDown={onKeyDown}
          >
            {text}
          </button>
        </Popover.Target>
        <Popover.Dropdown className={classes.editor} aria-label={`How far ${selector?.name ?? text} reaches`}>
          {selector ? (
            <>
              <p className={classes.name}>{selector.name}</p>
              <LevelsField
                label="Before it"
                levels={selector.before}
                onChange={(before) => onChange(formatSelector({ ...selector, before }))}
              />
              <LevelsField
                label="After it"
                levels={selector.after}
                onChange={(after) => onChange(formatSelector({ ...selector, after }))}
              />
            </>
          ) : (
            <p className={classes.help}>
              A selection is the name of a model, seed, snapshot or test, with + or a number and + before or
              after it: <code>2+standings+</code>
            </p>
          )}
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              setOpened(false);
              onRemove();
            }}
          >
            Remove
          </Button>
        </Popover.Dropdown>
      </Popover>
      <button
        type="button"
        tabIndex={-1}
        className={classes.remove}
        aria-label={`Remove ${text}`}
        onClick={onRemove}
      >
        <IconX size={12} aria-hidden />
      </button>
    </span>
  );
}

const FEW_LEVELS = [1, 2, 3, 4, 5];

function LevelsField({
  label,
  levels,
  onChange,
}: {
  label: string;
  levels: DbtSelector["before"];
  onChange: (levels: DbtSelector["before"]) => void;
}) {
  const offered = levels !== null && levels > FEW_LEVELS.length ? [...FEW_LEVELS, levels] : FEW_LEVELS;
  return (
    <label className={classes.field}>
      <span>{label}</span>
      <select
        className={classes.select}
        value={levels ?? "all"}
        onChange={({ currentTarget: { value } }) => onChange(value === "all" ? null : Number(value))}
      >
        <option value={0}>nothing</option>
        {offered.map((count) => (
          <option key={count} value={count}>
            {count === 1 ? "1 level" : `${count} levels`}
          </option>
        ))}
        <option value="all">everything</option>
      </select>
    </label>
  );
}
