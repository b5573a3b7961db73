/**
 * The seq to go to from `current` among ascending `seqs`: the next one after it, or before it, and round at
 * the ends. From nowhere (null), the first or the last. Null when there is none.
 */
export function stepThrough(
  seqs: readonly number[],
  current: number | null,
  direction: "next" | "previous",
): number | null {
  const first = seqs[0] ?? null;
  const last = seqs.at(-1) ?? null;
  if (direction === "next") {
    if (current === null) return first;
    return seqs[countUpTo(seqs, current)] ?? first;
  }
  if (current === null) return last;
  return seqs[countUpTo(seqs, current - 1) - 1] ?? last;
}

/** 1 for the first; 0 when `current` is not among them. */
export function positionOf(seqs: readonly number[], current: number | null): number {
  if (current === null) return 0;
  const count = countUpTo(seqs, current);
  return seqs[count - 1] === current ? count : 0;
}

/** How many of the ascending seqs are at most `seq`. */
function countUpTo(seqs: readonly number[], seq: number): number {
  let low = 0;
  let high = seqs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((seqs[middle] ?? Number.POSITIVE_INFINITY) <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
