import { describe, expect, it } from "vitest";
import { NO_FAULTS, parseControlState } from "./control-state";

describe("parseControlState", () => {
  it("fills in what is left out", () => {
    expect(parseControlState("{}")).toEqual(NO_FAULTS);
    expect(parseControlState('{"dates":{"2025-02-10":{"failPages":[{"game":2}]}},"rateLimit":true}')).toEqual(
      {
        dates: { "2025-02-10": { late: false, failPages: [{ game: 2, status: 404 }] } },
        down: false,
        slowMs: 0,
        rateLimit: 20,
      },
    );
  });

  it.each([
    ["{", "not JSON"],
    ['{"dates":{"2025-02-30":{}}}', "2025-02-30"],
    ['{"dates":{"2025-02-10":{"partial":0}}}', "partial"],
    ['{"dates":{"2025-02-10":{"failPages":[{"home":"XXX"}]}}}', "acronym"],
    ['{"dates":{"2025-02-10":{"failPages":[{"home":"PHX","status":418}]}}}', "failPages"],
    ['{"down":"maybe"}', "down"],
    ['{"slowMs":-1}', "slowMs"],
    ['{"rateLimit":0}', "rateLimit"],
    ['{"faults":1}', "faults"],
  ])("refuses %s and says why", (text, reason) => {
    expect(() => parseControlState(text)).toThrow(reason);
  });
});
