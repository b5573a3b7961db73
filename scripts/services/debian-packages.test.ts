import { describe, expect, it } from "vitest";
import { packagesToInstall } from "./debian-packages.mjs";

describe("packagesToInstall", () => {
  it("reads the new packages from a simulated installation", () => {
    const simulation = [
      "NOTE: This is only a simulation!",
      "The following NEW packages will be installed:",
      "  libjemalloc2 redis-server redis-tools",
      "Inst libjemalloc2 (5.3.0-1 Debian:12.11/oldstable [amd64])",
      "Inst redis-tools (5:7.0.15-1~deb12u5 Debian-Security:12/oldstable-security [amd64])",
      "Inst redis-server (5:7.0.15-1~deb12u5 Debian-Security:12/oldstable-security [amd64])",
      "Conf libjemalloc2 (5.3.0-1 Debian:12.11/oldstable [amd64])",
    ].join("\n");
    expect(packagesToInstall(simulation)).toEqual(["libjemalloc2", "redis-tools", "redis-server"]);
  });

  it("finds none where all are installed", () => {
    expect(packagesToInstall("redis-server is already the newest version (5:7.0.15).\n")).toEqual([]);
  });
});
