import { describe, expect, it } from "vitest";
import type { ChangePasswordRequest } from "@/lib/contracts/account";
import { storableParams, storableText } from "./storable-params";

describe("storableText", () => {
  it.each([
    ["plain", "plain"],
    ["a\u0000b", "a\ufffdb"],
    ["half \ud83c", "half \ufffd"],
    ["line\nbreak", "line\nbreak"],
    ["123456789012", "123456789…"],
  ])("%j", (text, stored) => {
    expect(storableText(text, 10)).toBe(stored);
  });

  it("cuts no character in two", () => {
    expect(storableText("12345678🏀🏀", 10).isWellFormed()).toBe(true);
  });
});

describe("storableParams", () => {
  it.each<[string, unknown, unknown]>([
    ["nothing", undefined, {}],
    ["null", null, {}],
    ["numbers and truth values", { a: 1, b: false, c: null }, { a: 1, b: false, c: null }],
    ["NUL in a value and in a name", { "a\u0000": ["b\u0000"] }, { "a\ufffd": ["b\ufffd"] }],
    [
      "secrets, however deep",
      { currentRun: "x", newPassword: "p", nested: [{ token: "t", apiKey: "k", clientSecret: "s" }] },
      { currentRun: "x", newPassword: "***", nested: [{ token: "***", apiKey: "***", clientSecret: "***" }] },
    ],
    ["ids of tokens", { tokenId: "7" }, { tokenId: "7" }],
    ["a secret that was left out", { password: null }, { password: null }],
    ["a text alone", "hello", "hello"],
  ])("%s", (_name, params, stored) => {
    expect(storableParams(params)).toEqual(stored);
  });

  it("keeps neither password of a refused change", () => {
    const body: ChangePasswordRequest = { current: "hunter2hunter2", next: "hunter3hunter3" };
    const refused = { ...body, Current: body.current };
    expect(JSON.stringify(storableParams({ body: refused }))).not.toContain("hunter");
  });

  it("keeps the beginning of what is too long, secrets masked", () => {
    const stored = storableParams({
      password: "hunter2hunter2",
      list: Array.from({ length: 900 }, () => "abcdef"),
    });
    expect(stored).toEqual({ cut: expect.stringMatching(/^\{"password":"\*\*\*","list":\["abcdef",.*…$/) });
    expect(JSON.stringify(stored).length).toBeLessThan(6_000);
  });

  it("ends at a depth that no request of ours has", () => {
    let deep: unknown = "bottom";
    for (let level = 0; level < 10_000; level += 1) deep = [deep];
    expect(JSON.stringify(storableParams(deep))).not.toContain("bottom");
  });
});
