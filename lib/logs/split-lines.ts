/** A line's worth of text; `cut` when the line was longer than may be kept. */
export type SplitLine = { text: string; cut: boolean };

/**
 * Turns a program's bytes into lines: incremental UTF-8 (invalid bytes become U+FFFD), ended by LF, CRLF or a
 * lone CR; U+2028 is no line end. Of a longer line only the first `maxLineLength` characters are kept, the
 * rest is skipped without being held in memory.
 */
export class LineSplitter {
  private readonly decoder = new TextDecoder("utf-8");
  private pending = "";
  private cut = false;
  private afterCarriageReturn = false;

  constructor(private readonly maxLineLength: number) {}

  /** Gives the lines that `bytes` complete. */
  push(bytes: Uint8Array): SplitLine[] {
    return this.take(this.decoder.decode(bytes, { stream: true }));
  }

  /** Gives what is left when the program has closed its output. */
  end(): SplitLine[] {
    const lines = this.take(this.decoder.decode());
    if (this.pending !== "" || this.cut) lines.push(this.takePending());
    return lines;
  }

  private take(decoded: string): SplitLine[] {
    const lines: SplitLine[] = [];
    let text = decoded;
    if (this.afterCarriageReturn && text !== "") {
      if (text.startsWith("\n")) text = text.slice(1);
      this.afterCarriageReturn = false;
    }
    let start = 0;
    const lineEnds = new LineEnds(text);
    for (let at = lineEnds.next(start); at !== -1; at = lineEnds.next(start)) {
      this.append(text.slice(start, at));
      lines.push(this.takePending());
      const carriageReturn = text[at] === "\r";
      start = carriageReturn && text[at + 1] === "\n" ? at + 2 : at + 1;
      this.afterCarriageReturn = carriageReturn && start === text.length && text[at + 1] !== "\n";
    }
    this.append(text.slice(start));
    return lines;
  }

  private append(part: string): void {
    const room = this.maxLineLength - this.pending.length;
    if (part.length > room) this.cut = true;
    if (room > 0) this.pending += part.slice(0, room);
  }

  private takePending(): SplitLine {
    const line = { text: this.pending, cut: this.cut };
    this.pending = "";
    this.cut = false;
    return line;
  }
}

/** Where lines end in a text. Each kind of end is looked for only behind the one found before it. */
class LineEnds {
  private lineFeed = -2;
  private carriageReturn = -2;

  constructor(private readonly text: string) {}

  /** The first line end at or behind `from`, which must not go back; -1 without one. */
  next(from: number): number {
    if (this.lineFeed !== -1 && this.lineFeed < from) this.lineFeed = this.text.indexOf("\n", from);
    if (this.carriageReturn !== -1 && this.carriageReturn < from)
      this.carriageReturn = this.text.indexOf("\r", from);
    if (this.lineFeed === -1) return this.carriageReturn;
    return this.carriageReturn === -1 ? this.lineFeed : Math.min(this.lineFeed, this.carriageReturn);
  }
}
