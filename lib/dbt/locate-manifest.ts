import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { ProjectFiles } from "./project-files";

/** The project's own manifest: usable as it is (`stamp` tells one from another), usable only for want of a better one, or not there. */
export type LocatedManifest =
  | { state: "fresh"; path: string; stamp: string }
  | { state: "outdated"; path: string; why: string }
  | { state: "absent" };

/**
 * Whether `manifest.json` in the project's target folder tells of the project as it is now: it is not older
 * than the files, and was not, as far as can be seen, made for another target.
 */
export async function locateManifest(
  { targetFolder, newest }: ProjectFiles,
  target: string,
): Promise<LocatedManifest> {
  const path = join(targetFolder, "manifest.json");
  const found = await stat(path).catch(() => null);
  if (found === null) return { state: "absent" };
  if (found.mtimeMs < newest.changedAt.getTime()) {
    const why = `it is of ${minuteOf(found.mtime)}, and ${newest.name} was changed ${minuteOf(newest.changedAt)}`;
    return { state: "outdated", path, why };
  }
  const other = await otherTarget(targetFolder, target);
  return other === null
    ? { state: "fresh", path, stamp: `${found.ino} ${found.mtimeMs} ${found.size}` }
    : { state: "outdated", path, why: `it was made for the target ${other}, not for ${target}` };
}

const runResultsSchema = z.object({ args: z.object({ target: z.string().nullish() }) });

/** The target of the folder's last build, where it names another than ours: schemas differ between targets. */
async function otherTarget(targetFolder: string, target: string): Promise<string | null> {
  try {
    const text = await readFile(join(targetFolder, "run_results.json"), "utf8");
    const given = runResultsSchema.parse(JSON.parse(text)).args.target;
    return given && given !== target ? given : null;
  } catch {
    // No build has been made there, or its results say nothing of a target: nothing speaks against it.
    return null;
  }
}

/** `2026-11-22 12:04 UTC` */
function minuteOf(moment: Date): string {
  return `${moment.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
