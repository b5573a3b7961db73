import { describe, expect, it } from "vitest";
import { localPath, signInPath } from "./local-path";

describe("localPath", () => {
  it.each(["/", "/runs", "/runs/0198?x=1#log", "/?date=2026-01-02&view=list", "/predictions?sort=-date"])(
    "goes on to %s",
    (path) => expect(localPath(path)).toBe(path),
  );

  it.each([
    [undefined],
    [""],
    ["runs"],
    ["//evil.example"],
    ["///evil.example"],
    ["/\\evil.example"],
    ["\\\\evil.example"],
    ["/\t/evil.example"],
    ["/\n/evil.example"],
    ["/.//evil.example"],
    ["/x/..//evil.example"],
    ["https://evil.example"],
    ["javascript:alert(1)"],
    [" /runs"],
    ["/sign-in?to=/sign-in"],
    ["/api/auth/sign-out"],
    ["/join"],
    [`/${"x".repeat(3_000)}`],
  ])("leads home from %j", (path) => expect(localPath(path)).toBe("/"));

  it("is kept on the way in", () => {
    expect(signInPath("/runs?state=failed")).toBe("/sign-in?to=%2Fruns%3Fstate%3Dfailed");
    expect(signInPath("//evil.example")).toBe("/sign-in");
  });
});
