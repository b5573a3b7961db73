import { describe, expect, it } from "vitest";
import { NO_FAULTS, parseControlState } from "./control-state";

describe("parseControlState", () => {
  it("fills in what is left out", () => {
    expect(parseControlState("{}")).toEqual(NO_FAULTS);
    expect(parseControlState('{"throttle":3}')).toEqual({ ...NO_FAULTS, throttle: 3 });
  });

  it.each([
    ["{", "not JSON"],
    ['{"throttle":-1}', "throttle"],
    ['{"deny":["DeleteService"]}', "deny"],
    ['{"deployment":"maybe"}', "deployment"],
    ['{"health":"slow"}', "health"],
    ['{"desired":11}', "desired"],
    ['{"faults":1}', "faults"],
  ])("refuses %s and says why", (text, reason) => {
    expect(() => parseControlState(text)).toThrow(reason);
  });
});
