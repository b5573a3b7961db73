/** Rows of the lines of a block are summed, so that neither a place nor a line costs a walk through the log. */
const BLOCK = 512;
const FIRST_ROOM = 4_096;
const MOST_ROWS = 65_535;

/**
 * How many rows of text each line of a log takes, and where it therefore is: `offset` and `lineAt` are in rows
 * from the log's top. A line that was never seen counts as one row, one that was seen by its characters and
 * the columns of the view, one that was on screen as it was measured.
 */
export class RowHeights {
  private lengths = new Uint16Array(FIRST_ROOM);
  private rows = new Uint16Array(FIRST_ROOM);
  private measured = new Uint8Array(FIRST_ROOM);
  private sums: number[] = [];
  private lines = 0;
  private sum = 0;
  private mostCharacters = 0;
  private columns = Number.POSITIVE_INFINITY;

  /** Rows of the whole log. */
  get total(): number {
    return this.sum;
  }

  get count(): number {
    return this.lines;
  }

  /** Characters of the longest line seen. */
  get longest(): number {
    return this.mostCharacters;
  }

  /** Makes room for so many lines, each of one row until it is seen. */
  extend(lines: number): void {
    if (lines <= this.lines) return;
    this.makeRoom(lines);
    for (let index = this.lines; index < lines; index += 1) this.setRows(index, 1);
    this.lines = lines;
  }

  /** A line was read: `characters` of it are shown. */
  noteLength(seq: number, characters: number): void {
    this.extend(seq);
    this.mostCharacters = Math.max(this.mostCharacters, characters);
    const index = seq - 1;
    this.lengths[index] = Math.min(MOST_ROWS, characters);
    if (this.measured[index] === 0) this.setRows(index, this.estimate(index));
  }

  /** A line was drawn and takes so many rows. True when that is not what was thought. */
  noteRows(seq: number, rows: number): boolean {
    const index = seq - 1;
    this.measured[index] = 1;
    if (this.rows[index] === rows) return false;
    this.setRows(index, rows);
    return true;
  }

  isMeasured(seq: number): boolean {
    return this.measured[seq - 1] === 1;
  }

  /** The view shows so many characters in a row; Infinity where lines are not wrapped. */
  setColumns(columns: number): void {
    if (columns === this.columns) return;
    this.columns = columns;
    this.measured.fill(0);
    for (let index = 0; index < this.lines; index += 1) this.setRows(index, this.estimate(index));
  }

  rowsOf(seq: number): number {
    return this.rows[seq - 1] ?? 1;
  }

  /** Rows above a line. */
  offset(seq: number): number {
    const index = Math.min(seq, this.lines + 1) - 1;
    const block = Math.floor(index / BLOCK);
    let rows = 0;
    for (let at = 0; at < block; at += 1) rows += this.sums[at] ?? 0;
    for (let at = block * BLOCK; at < index; at += 1) rows += this.rows[at] ?? 0;
    return rows;
  }

  /** The line at a place in rows from the top: the first above the log, the last below it; 0 for an empty log. */
  lineAt(place: number): number {
    let left = Math.max(0, place);
    let block = 0;
    while (block < this.sums.length - 1 && left >= (this.sums[block] ?? 0)) {
      left -= this.sums[block] ?? 0;
      block += 1;
    }
    let index = block * BLOCK;
    while (index < this.lines - 1 && left >= (this.rows[index] ?? 1)) {
      left -= this.rows[index] ?? 1;
      index += 1;
    }
    return Math.min(this.lines, index + 1);
  }

  private estimate(index: number): number {
    return Math.max(1, Math.ceil((this.lengths[index] ?? 0) / this.columns));
  }

  private setRows(index: number, rows: number): void {
    const block = Math.floor(index / BLOCK);
    const fits = Math.min(MOST_ROWS, rows);
    const grown = fits - (this.rows[index] ?? 0);
    this.rows[index] = fits;
    this.sums[block] = (this.sums[block] ?? 0) + grown;
    this.sum += grown;
  }

  private makeRoom(lines: number): void {
    if (lines <= this.rows.length) return;
    const room = Math.max(lines, this.rows.length * 2);
    this.lengths = grown(this.lengths, new Uint16Array(room));
    this.rows = grown(this.rows, new Uint16Array(room));
    this.measured = grown(this.measured, new Uint8Array(room));
  }
}

function grown<Numbers extends Uint8Array | Uint16Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}
