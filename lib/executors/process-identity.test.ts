import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { identify, identityName, isAlive, ownerByName } from "./process-identity";

describe("isAlive", () => {
  it("knows a process by its number and its start", async () => {
    const child = spawn("sleep", ["300"]);
    const identity = identify(child.pid ?? 0);
    expect(isAlive(identity)).toBe(true);
    expect(isAlive({ ...identity, startTime: "1" })).toBe(false);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(isAlive(identity)).toBe(false);
  });
});

describe("ownerByName", () => {
  it.each([
    ["a name that begins with it", "12-345-dbt-Xy7", { pid: 12, startTime: "345" }],
    ["a name that holds it", "dbt-parse-12-345-6f1c", { pid: 12, startTime: "345" }],
    ["a system without start times", "12-0-dbt", { pid: 12, startTime: null }],
    ["a name without", "dbt-parse-6f1cab", null],
  ])("reads %s", (_what, name, owner) => {
    expect(ownerByName(name)).toEqual(owner);
  });

  it("reads what was named after this process", () => {
    const self = identify(process.pid);
    expect(ownerByName(`${identityName(self)}-dbt-x`)).toEqual(self);
  });
});
