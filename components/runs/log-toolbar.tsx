"use client";

import { ActionIcon, Button } from "@mantine/core";
import {
  IconArrowDown,
  IconCheck,
  IconChevronDown,
  IconChevronUp,
  IconCopy,
  IconSearch,
  IconX,
} from "@tabler/icons-react";
import type { KeyboardEvent, Ref } from "react";
import classes from "./log-toolbar.module.css";

type Direction = "next" | "previous";

type Props = {
  /** `11 lines`, and what is happening to them. */
  count: string;
  /** More lines may come, */
  growing: boolean;
  /** and they come at once. */
  live: boolean;
  searchRef: Ref<HTMLInputElement>;
  query: string;
  matches: number;
  /** 1 for the first; 0 when none is current. */
  position: number;
  onQuery: (query: string) => void;
  onStep: (direction: Direction) => void;
  onLeaveSearch: () => void;
  errors: number;
  onError: (direction: Direction) => void;
  showTime: boolean;
  onShowTime: (show: boolean) => void;
  following: boolean;
  onFollow: () => void;
  copied: boolean;
  onCopy: () => void;
};

/** What a reader does with a log: search it, go to its errors, show times, follow, copy. */
export function LogToolbar(props: Props) {
  const { query, matches, position, errors } = props;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") {
      event.preventDefault();
      props.onStep(event.shiftKey ? "previous" : "next");
    }
    if (event.key === "Escape") {
      event.preventDefault();
      props.onLeaveSearch();
    }
  };
  return (
    <div className={classes.bar}>
      <h2 className={classes.title}>
        <span className={classes.word}>Log</span> <span className={classes.count}>{props.count}</span>
        {props.live && (
          <span className={classes.live}>
            <span className={classes.dot} aria-hidden />
            live
          </span>
        )}
      </h2>
      <search className={classes.search}>
        <IconSearch size={14} stroke={1.8} aria-hidden className={classes.glass} />
        <input
          ref={props.searchRef}
          className={classes.input}
          type="text"
          enterKeyHint="search"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          aria-label="Search in the log"
          aria-keyshortcuts="/"
          placeholder="Search"
          value={query}
          onChange={(event) => props.onQuery(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {query === "" ? (
          <kbd className={classes.key}>/</kbd>
        ) : (
          <>
            <output className={classes.counter} data-none={matches === 0 || undefined}>
              {matches === 0 ? "no line" : `${position} of ${matches.toLocaleString("en-US")}`}
            </output>
            <ToolIcon
              label="Previous match (Shift+Enter)"
              disabled={matches === 0}
              onClick={() => props.onStep("previous")}
            >
              <IconChevronUp size={14} aria-hidden />
            </ToolIcon>
            <ToolIcon
              label="Next match (Enter)"
              disabled={matches === 0}
              onClick={() => props.onStep("next")}
            >
              <IconChevronDown size={14} aria-hidden />
            </ToolIcon>
            <ToolIcon label="Clear the search (Escape)" onClick={props.onLeaveSearch}>
              <IconX size={14} aria-hidden />
            </ToolIcon>
          </>
        )}
      </search>
      {errors > 0 && (
        <Button
          variant="default"
          size="xs"
          className={classes.errors}
          title={errors === 1 ? "Go to the error" : "Go to the first error, then to the next"}
          rightSection={<IconArrowDown size={13} aria-hidden />}
          onClick={(event) => props.onError(event.shiftKey ? "previous" : "next")}
        >
          {errors === 1 ? "1 error" : `${errors.toLocaleString("en-US")} errors`}
        </Button>
      )}
      <Toggle
        pressed={props.showTime}
        title="Show when each line arrived, in local time"
        onClick={() => props.onShowTime(!props.showTime)}
      >
        Times
      </Toggle>
      {props.growing && (
        <Toggle
          wideOnly
          pressed={props.following}
          title="Keep the newest line in view; scrolling up lets go"
          onClick={props.onFollow}
        >
          Follow
        </Toggle>
      )}
      <ToolIcon label={props.copied ? "Copied" : "Copy the whole log"} onClick={props.onCopy} framed>
        {props.copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
      </ToolIcon>
    </div>
  );
}

function Toggle(props: {
  pressed: boolean;
  wideOnly?: boolean;
  title: string;
  onClick: () => void;
  children: string;
}) {
  return (
    <Button
      variant="default"
      size="xs"
      aria-pressed={props.pressed}
      className={classes.toggle}
      data-wide-only={props.wideOnly}
      title={props.title}
      onClick={props.onClick}
    >
      {props.children}
    </Button>
  );
}

function ToolIcon(props: {
  label: string;
  disabled?: boolean;
  framed?: boolean;
  onClick: () => void;
  children: React.ReactNode;
}) {
  return (
    <ActionIcon
      variant={props.framed ? "default" : "subtle"}
      color="gray"
      size={props.framed ? 26 : 22}
      className={props.framed ? classes.framed : classes.icon}
      aria-label={props.label}
      title={props.label}
      disabled={props.disabled}
      onClick={props.onClick}
    >
      {props.children}
    </ActionIcon>
  );
}
