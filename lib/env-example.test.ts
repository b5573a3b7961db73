import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ENVIRONMENT_NAMES, parseWebEnv, parseWorkerEnv } from "./env";

const TEXT = readFileSync(fileURLToPath(new URL("../.env.example", import.meta.url)), "utf8");
const EXAMPLE = Object.fromEntries(
  TEXT.split("\n").flatMap((line) => {
    const match = /^([A-Z_]+)=(.*)$/.exec(line);
    return match ? [[match[1], match[2]]] : [];
  }),
);

describe(".env.example", () => {
  it("describes every variable, and no other", () => {
    const described = Object.keys(EXAMPLE).filter((name) => !/^(INGESTION|DBT|ML)_ENV_/.test(name));
    expect(described.sort()).toEqual([...ENVIRONMENT_NAMES].sort());
  });

  it("is a configuration that works, once it has a secret of its own", () => {
    const own = { ...EXAMPLE, AUTH_SECRET: "0123456789abcdef0123456789abcdef" };
    expect(() => [parseWebEnv(own), parseWorkerEnv(own)]).not.toThrow();
    expect(() => parseWebEnv(EXAMPLE)).toThrow("AUTH_SECRET is still the example's");
  });
});
