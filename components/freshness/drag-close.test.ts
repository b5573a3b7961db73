import { expect, test } from "vitest";
import { closesSheet } from "./drag-close";

test.each([
  ["far and slow", { pixels: 150, milliseconds: 2_000 }, 740, true],
  ["a quarter of a low sheet", { pixels: 60, milliseconds: 2_000 }, 240, true],
  ["not far enough", { pixels: 90, milliseconds: 2_000 }, 740, false],
  ["a flick", { pixels: 40, milliseconds: 60 }, 740, true],
  ["a tap that slipped", { pixels: 10, milliseconds: 5 }, 740, false],
  ["upwards", { pixels: -200, milliseconds: 100 }, 740, false],
])("%s", (_name, drag, height, closes) => expect(closesSheet(drag, height)).toBe(closes));
