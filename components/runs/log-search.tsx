"use client";

import { ActionIcon } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconSearch, IconX } from "@tabler/icons-react";
import type { KeyboardEvent, ReactNode, Ref } from "react";
import classes from "./log-search.module.css";
import { findsText } from "./log-words";
import type { useLogFinds } from "./use-log-finds";

type Props = {
  ref: Ref<HTMLInputElement>;
  finds: ReturnType<typeof useLogFinds>;
  onLeave: () => void;
};

/** The search in the whole log, with how many lines hold it and which of them is looked at. */
export function LogSearch({ ref, finds, onLeave }: Props) {
  const { query, position } = finds;
  const { total, looking, problem } = finds.finds;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") {
      event.preventDefault();
      finds.stepFind(event.shiftKey ? "previous" : "next");
    }
    if (event.key === "Escape") {
      event.preventDefault();
      onLeave();
    }
  };
  return (
    <search className={classes.search} data-active={query === "" ? undefined : true}>
      <IconSearch size={14} stroke={1.8} aria-hidden className={classes.glass} />
      <input
        ref={ref}
        className={classes.input}
        type="text"
        enterKeyHint="search"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={200}
        aria-label="Search in the log"
        aria-keyshortcuts="/"
        placeholder="Search"
        value={query}
        onChange={(event) => finds.search(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {query === "" ? (
        <kbd className={classes.key}>/</kbd>
      ) : (
        <>
          <output
            className={classes.counter}
            data-none={(total === 0 && !looking) || undefined}
            title={problem === null ? undefined : `${problem} Press Enter to try again.`}
          >
            {findsText(finds.finds, position)}
          </output>
          <Tool
            label="Previous match (Shift+Enter)"
            disabled={total === 0}
            onClick={() => finds.stepFind("previous")}
          >
            <IconChevronUp size={14} aria-hidden />
          </Tool>
          <Tool label="Next match (Enter)" disabled={total === 0} onClick={() => finds.stepFind("next")}>
            <IconChevronDown size={14} aria-hidden />
          </Tool>
          <Tool label="Clear the search (Escape)" onClick={onLeave}>
            <IconX size={14} aria-hidden />
          </Tool>
        </>
      )}
    </search>
  );
}

function Tool(props: { label: string; disabled?: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      className={classes.icon}
      aria-label={props.label}
      title={props.label}
      disabled={props.disabled}
      onClick={props.onClick}
    >
      {props.children}
    </ActionIcon>
  );
}
