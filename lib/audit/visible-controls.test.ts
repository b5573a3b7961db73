import { describe, expect, it } from "vitest";
import { visibleControls, visibleControlsIn } from "./visible-controls";

describe("visibleControls", () => {
  it.each([
    ["nothing to do: é 日本 🏀", "nothing to do: é 日本 🏀"],
    ["ok\r\nrun.create accepted", "ok\\r\\nrun.create accepted"],
    ["\u001b[31mred\u001b]8;;javascript:x\u0007", "\\u001b[31mred\\u001b]8;;javascript:x\\u0007"],
    ["tab\there", "tab\\there"],
    ["gpj.\u202egnp.exe", "gpj.\\u202egnp.exe"],
    ["line\u2028break\u0085", "line\\u2028break\\u0085"],
  ])("%j", (text, shown) => {
    expect(visibleControls(text)).toBe(shown);
  });

  it("reaches every text of a value, and the names", () => {
    expect(visibleControlsIn({ "a\n": ["\r", { b: "\u0007" }], c: 1, d: null })).toEqual({
      "a\\n": ["\\r", { b: "\\u0007" }],
      c: 1,
      d: null,
    });
  });
});
