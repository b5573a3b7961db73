import { describe, expect, it } from "vitest";
import { createRedactor, secretValues } from "./redact";

const redact = createRedactor(["hunter2!", "p/w d", "abc"]);

describe("createRedactor", () => {
  it.each([
    ["a password", "login hunter2! ok", "login *** ok"],
    ["twice", "hunter2!hunter2!", "******"],
    ["as it stands in a URL", "pw=p%2Fw%20d", "pw=***"],
    ["in base64", `basic ${Buffer.from("hunter2!").toString("base64")}`, "basic ***="],
    ["any connection URL", "postgresql://me:other@db:5432/x", "postgresql://me:***@db:5432/x"],
    ["an AWS key", "AKIAABCDEFGHIJKLMNOP used", "*** used"],
    ["too short to be told from words", "abc", "abc"],
    ["ordinary text", "https://example.test/a:b", "https://example.test/a:b"],
  ])("%s", (_name, text, masked) => {
    expect(redact(text)).toBe(masked);
  });
});

describe("secretValues", () => {
  it("finds them by their variables' names", () => {
    const env = {
      RDS_USER: "pipeline",
      RDS_PW: "one",
      WEBHOOK_URL: "two",
      API_TOKEN: "three",
      IP: "127.0.0.1",
      MONKEY: "no",
    };
    expect(secretValues(env)).toEqual(["one", "two", "three"]);
  });
});
