/** A failure told to a person: what happened, why, and what to do about it. */
export class ExplainedError extends Error {
  /**
   * @param {string} what
   * @param {{ why?: string, todo?: string, cause?: unknown }} [more]
   */
  constructor(what, { why, todo, cause } = {}) {
    super(what, { cause });
    this.name = "ExplainedError";
    this.why = why ?? (cause instanceof Error ? cause.message : undefined);
    this.todo = todo;
  }
}

/** @param {unknown} error @returns {string} the lines to print for a person; an unforeseen error keeps its stack */
export function explain(error) {
  if (!(error instanceof ExplainedError))
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const lines = [error.message];
  if (error.why) lines.push("", `Why: ${error.why}`);
  if (error.todo) lines.push("", `What to do: ${error.todo}`);
  return lines.join("\n");
}
