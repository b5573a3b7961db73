import { describe, expect, it } from "vitest";
import { mayJoin } from "./may-join";

const ALLOWED = { emails: ["guest@partner.example"], domains: ["team.example"] };

describe("mayJoin", () => {
  it.each([
    ["guest@partner.example", true],
    ["Guest@Partner.Example", true],
    ["ann@team.example", true],
    ["ann@TEAM.example", true],
    ["other@partner.example", false],
    ["ann@evil-team.example", false],
    ["ann@team.example.evil.org", false],
    ["ann@team.example@evil.org", false],
    ["@team.example", false],
    ["team.example", false],
    ["", false],
  ])("%s: %s", (email, may) => expect(mayJoin(ALLOWED, email)).toBe(may));

  it("lets nobody in by an empty list", () => {
    expect(mayJoin({ emails: [], domains: [] }, "ann@team.example")).toBe(false);
  });
});
