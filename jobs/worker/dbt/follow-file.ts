import { type FileHandle, open } from "node:fs/promises";

export type FollowedFile = {
  /** Reads what has been written since, to the end, then closes the file. The lines have all been handed over. */
  finish(): Promise<void>;
};

type FileToFollow = {
  path: string;
  /** Handed the whole lines of each look, in order; not called without any. */
  onLines(lines: string[]): Promise<void>;
  sleep(ms: number): Promise<void>;
  everyMs: number;
};

const CHUNK = 256 * 1024;
const NEWLINE = 10;

/** Follows a file that grows, and need not exist yet. What a line is cut in by two looks stays whole. */
export function followFile({ path, onLines, sleep, everyMs }: FileToFollow): FollowedFile {
  let file: FileHandle | null = null;
  let position = 0;
  let rest: Buffer = Buffer.alloc(0);
  let finishing = false;

  const look = async (): Promise<void> => {
    file ??= await open(path, "r").catch(() => null);
    if (file === null) return;
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(CHUNK), 0, CHUNK, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      const bytes = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
      const end = bytes.lastIndexOf(NEWLINE) + 1;
      rest = bytes.subarray(end);
      if (end > 0) await onLines(bytes.subarray(0, end).toString("utf8").split("\n").slice(0, -1));
    }
  };
  const following = (async () => {
    while (!finishing) {
      await look();
      await sleep(everyMs);
    }
  })();
  // Whoever finishes is told; until then nobody waits for it.
  following.catch(() => undefined);

  return {
    async finish() {
      finishing = true;
      await following;
      await look();
      if (rest.length > 0) await onLines([rest.toString("utf8")]);
      rest = Buffer.alloc(0);
      await file?.close();
      file = null;
    },
  };
}
