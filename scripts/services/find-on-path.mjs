import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * @param {string[]} names programs, the preferred first
 * @param {string} [path]
 * @returns {string | undefined} the full path of the first that can be executed
 */
export function findOnPath(names, path = process.env.PATH ?? "") {
  // Debian keeps daemons in sbin, which an ordinary user's PATH leaves out.
  const folders = [...path.split(delimiter).filter(Boolean), "/usr/sbin", "/sbin"];
  for (const name of names) {
    for (const folder of folders) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not here: the next folder may have it.
      }
    }
  }
  return undefined;
}
