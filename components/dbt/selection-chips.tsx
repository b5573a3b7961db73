"use client";

import { type KeyboardEvent, useRef } from "react";
import { parseSelector } from "@/lib/dbt/parse-selector";
import { SEARCH_ID } from "./search-id";
import { SelectionChip } from "./selection-chip";
import classes from "./selection-chips.module.css";

type SelectionChipsProps = {
  selection: readonly string[];
  /** Whether the project has something of this name; null while that is not known. */
  isKnown: ((name: string) => boolean) | null;
  onChange: (selection: string[]) => void;
};

/** What is selected, each part as a chip: arrow keys go between them, Enter edits one, Delete removes it. */
export function SelectionChips({ selection, isKnown, onChange }: SelectionChipsProps) {
  const listRef = useRef<HTMLUListElement>(null);

  // At once, so that a key that follows quickly meets the chip that was gone to.
  function focusChip(index: number) {
    const chips = listRef.current?.querySelectorAll<HTMLElement>("[data-chip]") ?? [];
    const chip = chips[Math.max(0, Math.min(index, chips.length - 1))];
    // The last one is gone: the search is where the next one comes from.
    (chip ?? document.getElementById(SEARCH_ID))?.focus();
  }

  function remove(index: number) {
    onChange(selection.filter((_, other) => other !== index));
    requestAnimationFrame(() => focusChip(index));
  }

  function onKeyDown(event: KeyboardEvent, index: number) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Delete" || event.key === "Backspace") remove(index);
    else if (event.key === "ArrowLeft") focusChip(index - 1);
    else if (event.key === "ArrowRight") focusChip(index + 1);
    else return;
    event.preventDefault();
  }

  return (
    <ul ref={listRef} className={classes.list} aria-label="Selected">
      {selection.map((text, index) => (
        <li key={keyOf(selection, index)}>
          <SelectionChip
            text={text}
            problem={problemOf(text, isKnown)}
            onChange={(next) => {
              onChange(selection.with(index, next));
            }}
            onRemove={() => remove(index)}
            onKeyDown={(event) => onKeyDown(event, index)}
          />
        </li>
      ))}
    </ul>
  );
}

/** The name, so that a chip stays the same while its reach is edited; numbered where a name stands twice. */
function keyOf(selection: readonly string[], index: number): string {
  const names = selection.slice(0, index + 1).map((text) => parseSelector(text)?.name ?? text);
  const name = names.at(-1) ?? "";
  return `${name} ${names.filter((other) => other === name).length}`;
}

function problemOf(text: string, isKnown: SelectionChipsProps["isKnown"]): string | null {
  const selector = parseSelector(text);
  if (!selector) return "is not a selection";
  return isKnown && !isKnown(selector.name) ? "is not in the project" : null;
}
