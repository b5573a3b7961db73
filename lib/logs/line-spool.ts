import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { type LogLine, logLineSchema } from "@/lib/contracts/log";

/** Holds any one line: 16 Ki characters, each escaped by six in JSON at the worst. */
const READ_BYTES = 256 * 1024;
const NEWLINE = 10;

/**
 * Lines that wait on disk, in order, one JSON text each. The file is emptied once all of it is stored; a write
 * that failed in the middle leaves nothing behind that would be read.
 */
export class LineSpool {
  private file: FileHandle | null = null;
  private readFrom = 0;
  private end = 0;
  private last = 0;

  constructor(private readonly path: string) {}

  /** The seq of the last line that was ever written to it; 0 before the first. */
  get lastSeq(): number {
    return this.last;
  }

  /** Adds lines behind those before. @throws the file system's error: then none of them was added */
  async append(lines: readonly LogLine[], storedThrough: number): Promise<void> {
    const lastLine = lines.at(-1);
    if (!lastLine) return;
    this.file ??= await openNew(this.path);
    if (this.end > 0 && this.last <= storedThrough) {
      await this.file.truncate(0);
      this.readFrom = 0;
      this.end = 0;
    }
    const bytes = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    for (let written = 0; written < bytes.length; ) {
      const { bytesWritten } = await this.file.write(
        bytes,
        written,
        bytes.length - written,
        this.end + written,
      );
      written += bytesWritten;
    }
    this.end += bytes.length;
    this.last = lastLine.seq;
  }

  /** The first lines behind `storedThrough`, at most `limit` and at least one when there is any. */
  async read(storedThrough: number, limit: number): Promise<LogLine[]> {
    while (this.file !== null && this.last > storedThrough && this.readFrom < this.end) {
      const size = Math.min(READ_BYTES, this.end - this.readFrom);
      const { bytesRead, buffer } = await this.file.read(Buffer.alloc(size), 0, size, this.readFrom);
      const whole = buffer.subarray(0, bytesRead).lastIndexOf(NEWLINE) + 1;
      if (whole === 0) throw new Error(`${this.path} does not hold what was written to it.`);
      const { lines, known, isSound } = parseLines(buffer.subarray(0, whole), storedThrough);
      this.readFrom += known;
      if (lines.length > 0) return lines.slice(0, limit);
      if (!isSound) throw new Error(`${this.path} does not hold what was written to it.`);
    }
    return [];
  }

  /** Removes the file; lines that are still in it are gone. */
  async remove(): Promise<void> {
    const file = this.file;
    this.file = null;
    if (file === null) return;
    await file.close();
    await rm(this.path, { force: true });
  }
}

/** Lines of a spool that its worker could not empty, ascending; a last line that was torn off is left out. */
export async function* readLeftSpool(path: string): AsyncGenerator<LogLine[]> {
  const file = await openExisting(path);
  if (file === null) return;
  try {
    for (let position = 0, lastSeq = 0; ; ) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(READ_BYTES), 0, READ_BYTES, position);
      const whole = buffer.subarray(0, bytesRead).lastIndexOf(NEWLINE) + 1;
      if (whole === 0) return;
      position += whole;
      const { lines, isSound } = parseLines(buffer.subarray(0, whole), lastSeq);
      if (lines.length > 0) yield lines;
      lastSeq = lines.at(-1)?.seq ?? lastSeq;
      // Behind the last whole write may stand what one that failed has left.
      if (!isSound) return;
    }
  } finally {
    await file.close();
  }
}

const textSchema = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: "custom", message: "is not JSON" });
    return z.NEVER;
  }
});
const spooledSchema = textSchema.pipe(logLineSchema);

/** The lines behind `after`, the bytes that those before them take, and whether all of it could be read, in order. */
function parseLines(bytes: Buffer, after: number): { lines: LogLine[]; known: number; isSound: boolean } {
  const lines: LogLine[] = [];
  let known = 0;
  let lastSeq = 0;
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(NEWLINE, start);
    const { data: line } = spooledSchema.safeParse(bytes.toString("utf8", start, end));
    if (!line || line.seq <= lastSeq) return { lines, known, isSound: false };
    lastSeq = line.seq;
    start = end + 1;
    if (line.seq > after) lines.push(line);
    else known = start;
  }
  return { lines, known, isSound: true };
}

async function openNew(path: string): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  return open(path, "w+", 0o600);
}

async function openExisting(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, "r");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
