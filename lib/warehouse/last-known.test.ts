import { describe, expect, it } from "vitest";
import { createLastKnown } from "./last-known";
import { WarehouseError } from "./warehouse-error";

/** Loads that end when the test says so. */
function controlled() {
  const pending: { resolve(value: string): void; reject(error: Error): void }[] = [];
  const load = (_key: string) =>
    new Promise<string>((resolve, reject) => {
      pending.push({ resolve, reject });
    });
  return { load, pending };
}

describe("createLastKnown", () => {
  it("shares one reading among all who ask meanwhile, and reads again afterwards", async () => {
    const { load, pending } = controlled();
    const known = createLastKnown(3, load);
    const ten = Array.from({ length: 10 }, () => known.read("a"));
    expect(pending).toHaveLength(1);
    pending[0]?.resolve("one");
    expect(await Promise.all(ten)).toEqual(ten.map(() => ({ value: "one", failure: null })));
    void known.read("a");
    expect(pending).toHaveLength(2);
  });

  it("gives the last value with the failure, and keeps no other error back", async () => {
    const { load, pending } = controlled();
    const known = createLastKnown(3, load);
    const down = new WarehouseError("down", "gone");
    const first = known.read("a");
    pending[0]?.reject(down);
    await expect(first).rejects.toBe(down);
    const second = known.read("a");
    pending[1]?.resolve("one");
    await second;
    const third = known.read("a");
    pending[2]?.reject(down);
    expect(await third).toEqual({ value: "one", failure: down });
    const fourth = known.read("a");
    pending[3]?.reject(new TypeError("a defect"));
    await expect(fourth).rejects.toThrow("a defect");
  });

  it("starts anew for those who ask after rows have changed; the newer start wins", async () => {
    const { load, pending } = controlled();
    const known = createLastKnown(3, load);
    const early = known.read("a");
    known.forgetUnderWay();
    const late = known.read("a");
    expect(pending).toHaveLength(2);
    pending[1]?.resolve("new");
    expect((await late).value).toBe("new");
    pending[0]?.resolve("old");
    expect((await early).value).toBe("old");
    const next = known.read("a");
    pending[2]?.reject(new WarehouseError("slow", "slow"));
    expect((await next).value).toBe("new");
  });

  it("forgets the value asked for longest ago", async () => {
    const known = createLastKnown(1, async (key: string) => {
      if (failing) throw new WarehouseError("down", "gone");
      return key;
    });
    let failing = false;
    await known.read("a");
    await known.read("b");
    failing = true;
    expect((await known.read("b")).value).toBe("b");
    await expect(known.read("a")).rejects.toThrow("gone");
  });
});
