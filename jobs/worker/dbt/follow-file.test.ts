import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { followFile } from "./follow-file";

let folder: string;
let path: string;
let lines: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "backcourt-follow-"));
  path = join(folder, "dbt.log");
  lines = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const follow = () =>
  followFile({
    path,
    everyMs: 5,
    sleep: (ms) => sleep(ms),
    onLines: async (read) => {
      lines.push(...read);
    },
  });

it("gives every line once, whole, as the file grows", async () => {
  const followed = follow();
  appendFileSync(path, "one\ntw");
  await vi.waitFor(() => expect(lines).toEqual(["one"]));
  const umlaut = Buffer.from("ö");
  appendFileSync(path, Buffer.concat([Buffer.from("o\nthr"), umlaut.subarray(0, 1)]));
  await vi.waitFor(() => expect(lines).toEqual(["one", "two"]));
  appendFileSync(path, Buffer.concat([umlaut.subarray(1), Buffer.from("ee\n")]));
  await vi.waitFor(() => expect(lines).toEqual(["one", "two", "thröee"]));
  await followed.finish();
});

it("reads to the end when it is finished, a last line without its end too", async () => {
  const followed = follow();
  const many = Array.from({ length: 20_000 }, (_, index) => `line ${index} ${"x".repeat(30)}`);
  appendFileSync(path, `${many.join("\n")}\nlast`);
  await followed.finish();
  expect(lines).toEqual([...many, "last"]);
});

it("gives nothing of a file that never came", async () => {
  await follow().finish();
  expect(lines).toEqual([]);
});

it("tells whoever finishes it of an error in what was done with a line", async () => {
  const followed = followFile({
    path,
    everyMs: 5,
    sleep: (ms) => sleep(ms),
    onLines: () => Promise.reject(new Error("no")),
  });
  appendFileSync(path, "one\n");
  await expect(followed.finish()).rejects.toThrow("no");
});
