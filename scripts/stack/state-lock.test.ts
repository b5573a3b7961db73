import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { takeStateLock } from "./state-lock.mjs";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "backcourt-"));
  file = join(folder, "demo.lock");
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("takeStateLock", () => {
  it("refuses a second holder and tells where the first one is", () => {
    takeStateLock(file, "npm run demo").noteUrl("http://127.0.0.1:3000");
    expect(() => takeStateLock(file, "npm run demo")).toThrow(/already runs .*http:\/\/127\.0\.0\.1:3000/);
  });

  it("is free again once released", () => {
    takeStateLock(file, "npm run demo").release();
    expect(() => takeStateLock(file, "npm run demo")).not.toThrow();
  });

  it.each([
    ["a process that has gone", JSON.stringify({ pid: 2 ** 22 + 1, startedAt: "1" })],
    ["a process whose pid went to another", JSON.stringify({ pid: process.pid, startedAt: "1" })],
    ["a write cut short", '{"pid":'],
  ])("takes over the lock of %s", (_name, left) => {
    writeFileSync(file, left);
    takeStateLock(file, "npm run demo");
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ pid: process.pid });
  });
});
