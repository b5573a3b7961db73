import { describe, expect, it } from "vitest";
import { waysToRedis } from "./redis.mjs";

describe("waysToRedis", () => {
  it.each([
    [
      "one that is given, above all",
      { redisUrl: "redis://x", onPath: "/usr/bin/redis-server", apt: true, root: true },
      ["given"],
    ],
    ["one that is installed", { onPath: "/usr/bin/valkey-server", apt: true, root: true }, ["path"]],
    [
      "Debian's package, unpacked before installed, as root",
      { apt: true, root: true },
      ["unpack", "install"],
    ],
    ["Debian's package, unpacked, as an ordinary user", { apt: true, root: false }, ["unpack"]],
    ["none elsewhere", { apt: false, root: true }, []],
  ] as const)("takes %s", (_name, machine, ways) => {
    expect(waysToRedis(machine)).toEqual(ways);
  });
});
