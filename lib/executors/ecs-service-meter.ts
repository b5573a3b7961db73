/** Adds up how long nothing served, from one look to the next. */
export class ServingMeter {
  private total: number;
  private since: number | null;
  private counting = false;
  private last: boolean | null = null;

  /**
   * @param carriedMs what an earlier worker had counted
   * @param openSince since when nothing serves as far as an earlier worker knew; null when that is not known
   */
  constructor(carriedMs = 0, openSince: number | null = null) {
    this.total = carriedMs;
    this.since = openSince;
    this.counting = openSince !== null;
  }

  /** Looks before this count for nothing: what was down before is not the restart's doing. */
  begin(): void {
    this.counting = true;
  }

  /** Takes what one look found at `at`, milliseconds since 1970. */
  look(serving: boolean, at: number): void {
    this.last = serving;
    if (!this.counting) return;
    if (!serving) this.since ??= at;
    else if (this.since !== null) {
      this.total += Math.max(0, at - this.since);
      this.since = null;
    }
  }

  /** What the last look found; null before the first. */
  get serving(): boolean | null {
    return this.last;
  }

  /** True while nothing serves. */
  get open(): boolean {
    return this.since !== null;
  }

  /** Milliseconds without a serving task until `at`. */
  unservedMs(at: number): number {
    return this.total + (this.since === null ? 0 : Math.max(0, at - this.since));
  }
}
