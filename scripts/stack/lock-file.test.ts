import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { platformOf, withMissingPlatforms } from "./lock-file.mjs";

describe("package-lock.json", () => {
  it("holds the packages of every platform, or npm ci would refuse it (node scripts/complete-lock-file.mjs)", () => {
    const file = fileURLToPath(new URL("../../package-lock.json", import.meta.url));
    const lock = JSON.parse(readFileSync(file, "utf8"));
    expect(withMissingPlatforms(lock.packages, platformOf).added).toEqual([]);
  });
});

describe("platformOf", () => {
  it.each([
    ["@next/swc-win32-arm64-msvc", { os: ["win32"], cpu: ["arm64"] }],
    ["@biomejs/cli-linux-x64-musl", { os: ["linux"], cpu: ["x64"], libc: ["musl"] }],
    ["@msgpackr-extract/msgpackr-extract-linux-arm", { os: ["linux"], cpu: ["arm"] }],
  ])("reads %s", (name, platform) => {
    expect(platformOf(name)).toEqual(platform);
  });

  it("does not guess", () => {
    expect(() => platformOf("fsevents")).toThrow("fsevents");
  });
});

describe("withMissingPlatforms", () => {
  it("adds what is missing and keeps what is there", () => {
    const packages = {
      "node_modules/tool": {
        version: "2.0.0",
        dev: true,
        optionalDependencies: { "tool-linux-x64": "2.0.0", "tool-darwin-x64": "2.0.0" },
      },
      "node_modules/tool-linux-x64": { version: "2.0.0" },
    };
    const completed = withMissingPlatforms(packages, platformOf);
    expect(completed.added).toEqual(["tool-darwin-x64"]);
    expect(Object.keys(completed.packages)).toEqual([
      "node_modules/tool",
      "node_modules/tool-darwin-x64",
      "node_modules/tool-linux-x64",
    ]);
    expect(completed.packages["node_modules/tool-darwin-x64"]).toEqual({
      version: "2.0.0",
      dev: true,
      optional: true,
      os: ["darwin"],
      cpu: ["x64"],
    });
  });
});
