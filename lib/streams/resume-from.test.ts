import { describe, expect, it } from "vitest";
import { resumeFrom } from "./resume-from";

describe("resumeFrom", () => {
  it.each([
    ["nothing said", null, undefined, 0],
    ["`after`", null, 40, 40],
    ["the last event's id before `after`, which is the first connection's", "70", 40, 70],
    ["the log's end", "100", 0, 100],
    ["beyond the log's end", "101", 40, 40],
    ["both beyond", "101", 4_000, 0],
    ["huge", "99999999999999999999", 40, 40],
    ["negative", "-1", 40, 40],
    ["a fraction", "7.5", 40, 40],
    ["not a number", "abc\n", 40, 40],
    ["empty", "", 40, 40],
    ["digits that are not ASCII", "٣", 40, 40],
  ])("%s", (_name, id, after, from) => {
    expect(resumeFrom(id, after, 100)).toBe(from);
  });
});
