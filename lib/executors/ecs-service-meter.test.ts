import { describe, expect, it } from "vitest";
import { ServingMeter } from "./ecs-service-meter";

describe("ServingMeter", () => {
  it("counts from the first look that found nothing to the first that found something again", () => {
    const meter = new ServingMeter();
    meter.begin();
    for (const [serving, at] of [
      [true, 0],
      [false, 500],
      [false, 1_000],
      [true, 7_300],
      [true, 8_000],
      [false, 9_000],
      [true, 9_500],
    ] as const)
      meter.look(serving, at);
    expect(meter.unservedMs(20_000)).toBe(6_800 + 500);
    expect(meter.open).toBe(false);
  });

  it("goes on counting while nothing serves", () => {
    const meter = new ServingMeter();
    meter.begin();
    meter.look(false, 1_000);
    expect(meter.unservedMs(4_000)).toBe(3_000);
    expect(meter.open).toBe(true);
    expect(meter.serving).toBe(false);
  });

  it("leaves out what was down before the restart touched anything", () => {
    const meter = new ServingMeter();
    meter.look(false, 0);
    meter.begin();
    meter.look(false, 5_000);
    meter.look(true, 6_000);
    expect(meter.unservedMs(9_000)).toBe(1_000);
  });

  it("goes on from what an earlier worker knew", () => {
    const meter = new ServingMeter(2_000, 10_000);
    expect(meter.unservedMs(11_000)).toBe(3_000);
    meter.look(true, 14_000);
    expect(meter.unservedMs(20_000)).toBe(6_000);
  });
});
