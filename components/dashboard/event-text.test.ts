import { expect, test } from "vitest";
import { eventText } from "./event-text";

test.each([
  ["(service scoreboard) has reached a steady state.", "has reached a steady state"],
  [
    "(service scoreboard) has started 1 tasks: (task 93ad3c03d8a2256d11c5bf7607cf95ca).",
    "has started 1 tasks: task 93ad3c",
  ],
  [
    "(service scoreboard) has stopped 2 running tasks: (task 93ad3c03d8a2256d11c5bf7607cf95ca) (task 41ab0703d8a2256d11c5bf7607cf95ca).",
    "has stopped 2 running tasks: task 93ad3c task 41ab07",
  ],
  [
    "(service scoreboard) is unable to place a task. Reason: no container instance met all of its requirements.",
    "is unable to place a task. Reason: no container instance met all of its requirements",
  ],
  ["something that ECS never said before", "something that ECS never said before"],
])("%s", (text, expected) => expect(eventText(text)).toBe(expected));
