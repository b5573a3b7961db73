/**
 * Behind which line a stream begins: the last event's id where it is one that this log can have given, else
 * `after` likewise, else the log's beginning. Ids are line numbers, so one of another run is read as that
 * number; one beyond the log's end, a negative one and any other text are ignored: a reader that says nothing
 * sensible gets lines again rather than none.
 */
export function resumeFrom(lastEventId: string | null, after: number | undefined, logLines: number): number {
  const resumed = lastEventId !== null && /^\d{1,10}$/.test(lastEventId) ? Number(lastEventId) : undefined;
  return [resumed, after].find((seq) => seq !== undefined && seq <= logLines) ?? 0;
}
