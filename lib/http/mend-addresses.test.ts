import { describe, expect, it } from "vitest";
import { mendAddress } from "./mend-addresses";

describe("mendAddress", () => {
  it.each([
    ["/runs/018f?x=%zz", "/runs/018f?x=%zz"],
    ["/runs/%F0%9F%8F%80", "/runs/%F0%9F%8F%80"],
    ["/runs/%2e%2e", "/runs/%2e%2e"],
    ["/runs/%c0%ae/log?a=1?b", "/runs/%EF%BF%BD/log?a=1?b"],
    ["/%/%zz/%e0%a4", "/%EF%BF%BD/%EF%BF%BD/%EF%BF%BD"],
    ["*", "*"],
    ["", ""],
  ])("%s", (address, mended) => {
    expect(mendAddress(address)).toBe(mended);
  });
});
