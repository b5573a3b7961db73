import { describe, expect, it } from "vitest";
import { WarehouseError } from "@/lib/warehouse/warehouse-error";
import { createForeignBuildLook } from "./foreign-build-look";

/** A look at a warehouse that answers as told, at a time that stands still until it is set. */
function lookAt(answers: (number | Error)[]) {
  const asked: number[] = [];
  let time = 1_000_000;
  const look = createForeignBuildLook(
    {
      query: async () => {
        const answer = answers[asked.length] ?? 0;
        asked.push(time);
        if (answer instanceof Error) throw answer;
        return [{ sessions: answer, since: null, users: ["pipeline"] }] as never;
      },
    },
    () => new Date(time),
  );
  return { look, asked, wait: (ms: number) => (time += ms) };
}

describe("createForeignBuildLook", () => {
  it("asks once for all who look within two seconds, and again after them", async () => {
    const { look, asked, wait } = lookAt([1, 0]);
    const seen = await Promise.all([look(), look(), look()]);
    expect(seen.map((build) => build?.sessions)).toEqual([1, 1, 1]);
    wait(1_999);
    expect(await look()).toMatchObject({ sessions: 1 });
    expect(asked).toHaveLength(1);
    wait(1);
    expect(await look()).toBeNull();
    expect(asked).toHaveLength(2);
  });

  it("takes a warehouse that does not answer for one without a build, and hides no other error", async () => {
    const { look, wait } = lookAt([new WarehouseError("down", "It is down."), new TypeError("a defect")]);
    expect(await look()).toBeNull();
    wait(5_000);
    await expect(look()).rejects.toThrow("a defect");
  });
});
