import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listRunFolders, makeRunFolder, openStateFolder, removeRunFolder } from "./state-folder";

let place: string;

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "backcourt-test-"));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const modeOf = (path: string) => statSync(path).mode & 0o777;

describe("openStateFolder", () => {
  it("makes it for its owner alone, also where it stood open before", async () => {
    const path = join(place, "deep", "state");
    await openStateFolder(path);
    chmodSync(path, 0o777);
    await openStateFolder(path);
    expect(modeOf(path)).toBe(0o700);
  });

  it("does not follow a link that somebody has put in its place", async () => {
    const elsewhere = join(place, "elsewhere");
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, join(place, "state"));
    await expect(openStateFolder(join(place, "state"))).rejects.toThrow(
      "is no folder of the worker's own user. Set WORKER_STATE_DIR",
    );
    expect(existsSync(join(elsewhere, "runs"))).toBe(false);
  });
});

describe("a run's folder", () => {
  it("is made, listed and forgotten, and stands for nothing where everything was tidied away", async () => {
    const state = join(place, "state");
    expect(await listRunFolders(state)).toEqual([]);
    const folder = await makeRunFolder(state, "run-1");
    expect(modeOf(folder)).toBe(0o700);
    expect(await listRunFolders(state)).toEqual(["run-1"]);
    await removeRunFolder(state, "run-1");
    await removeRunFolder(state, "run-1");
    expect(await listRunFolders(state)).toEqual([]);
  });
});
