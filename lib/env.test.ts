import { describe, expect, it } from "vitest";
import { EnvironmentError, parseWebEnv, parseWorkerEnv } from "./env";

const GOOD = {
  DATABASE_URL: "postgresql://a:b@127.0.0.1:5432/backcourt",
  WAREHOUSE_URL: "postgresql://r:b@127.0.0.1:5432/warehouse",
  REDIS_URL: "redis://127.0.0.1:6379",
  AUTH_SECRET: "0123456789abcdef0123456789abcdef",
};

describe("parseWebEnv", () => {
  it("fills in what is not set", () => {
    expect(parseWebEnv(GOOD)).toMatchObject({
      HOST: "127.0.0.1",
      PORT: 3000,
      DAILY_RUN_WINDOW: { fromMinute: 720, toMinute: 750 },
      SOURCE_REQUESTS_PER_MINUTE: 20,
      INGESTION_COMMAND: ["python", "-m", "scripts.backfill"],
    });
  });

  it("lists every problem at once, by name", () => {
    const bad = {
      REDIS_URL: "localhost",
      PORT: "eighty",
      DAILY_RUN_WINDOW: "noon",
      INGESTION_COMMAND: "python -m x",
    };
    expect(() => parseWebEnv(bad)).toThrow(EnvironmentError);
    for (const name of [
      "DATABASE_URL is not set",
      "WAREHOUSE_URL is not set",
      "REDIS_URL must",
      "PORT",
      "DAILY_RUN_WINDOW must",
      "INGESTION_COMMAND must",
    ]) {
      expect(() => parseWebEnv(bad)).toThrow(name);
    }
  });

  it.each([
    ["off", null],
    ["00:00-23:59", { fromMinute: 0, toMinute: 1_439 }],
  ])("reads the window %s", (text, window) => {
    expect(parseWebEnv({ ...GOOD, DAILY_RUN_WINDOW: text }).DAILY_RUN_WINDOW).toEqual(window);
  });

  it.each(["24:00-25:00", "12:30-12:00", "12:00", "12:00-12:00"])("refuses the window %s", (text) => {
    expect(() => parseWebEnv({ ...GOOD, DAILY_RUN_WINDOW: text })).toThrow("DAILY_RUN_WINDOW");
  });
});

describe("the web's sign-in", () => {
  it.each([
    ["no secret", { AUTH_SECRET: undefined }, "AUTH_SECRET is not set"],
    ["a short secret", { AUTH_SECRET: "short" }, "AUTH_SECRET must have at least 32 characters"],
    [
      "other than loopback, without its address",
      { HOST: "0.0.0.0" },
      "HOST may be other than loopback only when",
    ],
    [
      "an address with a path",
      { PUBLIC_URL: "https://a.example/b" },
      "PUBLIC_URL must be an address without a path",
    ],
    ["an address of another protocol", { PUBLIC_URL: "ftp://a.example" }, "PUBLIC_URL must be an address"],
    ["a proxy by name", { TRUSTED_PROXIES: "proxy.example" }, "TRUSTED_PROXIES must be IP addresses"],
    ["half a provider", { AUTH_GITHUB_CLIENT_ID: "x" }, "needs AUTH_GITHUB_CLIENT_SECRET beside it"],
    [
      "a third of a provider",
      { AUTH_OIDC_ISSUER: "https://id.example" },
      "needs AUTH_OIDC_CLIENT_ID and AUTH_OIDC_CLIENT_SECRET beside it",
    ],
    [
      "an issuer that anybody on the way can speak for",
      { AUTH_OIDC_ISSUER: "http://id.example" },
      "AUTH_OIDC_ISSUER must begin with https://",
    ],
    ["two passwords", { ADMIN_PASSWORD: "long enough 12", ADMIN_PASSWORD_FILE: "/f" }, "are both set"],
  ])("is refused with %s", (_, changes, problem) => {
    expect(() => parseWebEnv({ ...GOOD, ...changes })).toThrow(problem);
  });

  it("may listen everywhere once people's address is known, which is kept without its slash", () => {
    const env = parseWebEnv({ ...GOOD, HOST: "0.0.0.0", PUBLIC_URL: "https://Backcourt.Example.org/" });
    expect(env).toMatchObject({ HOST: "0.0.0.0", PUBLIC_URL: "https://backcourt.example.org" });
  });
});

describe("parseWorkerEnv", () => {
  it("passes on what is named for the ingestion program, and nothing else", () => {
    const env = parseWorkerEnv({
      ...GOOD,
      INGESTION_ENV_RDS_PW: "x",
      INGESTION_ENV_IP: "127.0.0.1",
      AWS_SECRET_ACCESS_KEY: "no",
    });
    expect(env.ingestionEnv).toEqual({ RDS_PW: "x", IP: "127.0.0.1" });
  });
});
