import { expect, it, vi } from "vitest";
import { judgeAudit } from "./check-advisories.mjs";

const report = (high: number, critical: number) =>
  JSON.stringify({ metadata: { vulnerabilities: { low: 3, moderate: 2, high, critical } } });

it.each([
  ["nothing grave", report(0, 0), { failed: false }],
  ["a high one", report(1, 0), { failed: true }],
  ["a critical one", report(0, 1), { failed: true }],
  [
    "a registry without audit",
    '{"message":"405 Method Not Allowed - POST ..."}',
    { unknown: "405 Method Not Allowed" },
  ],
  ["no answer", "", { unknown: "npm audit gave no report" }],
])("%s", (_name, output, judged) => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  expect(judgeAudit(output)).toEqual(judged);
});
