import { expect, it } from "vitest";
import { usualSecondsOf } from "./usual-seconds";

const time = (medianSeconds: number) => ({ medianSeconds, runs: 3 });
const TABLE = { type: "model", materialized: "table" } as const;
const INCREMENTAL = { type: "model", materialized: "incremental" } as const;

it.each([
  ["its own way's history", INCREMENTAL, { normal: time(1), fullRefresh: time(60) }, true, 60],
  ["its own way's history", INCREMENTAL, { normal: time(1), fullRefresh: time(60) }, false, 1],
  [
    "nothing for an incremental model that was never rebuilt",
    INCREMENTAL,
    { normal: time(1), fullRefresh: null },
    true,
    null,
  ],
  ["the other way's history for a table", TABLE, { normal: time(2), fullRefresh: null }, true, 2],
  ["the other way's history for a table", TABLE, { normal: null, fullRefresh: time(3) }, false, 3],
  ["nothing without history", TABLE, undefined, false, null],
])("gives %s", (_what, node, times, fullRefresh, seconds) => {
  expect(usualSecondsOf(node, times, fullRefresh)).toBe(seconds);
});
