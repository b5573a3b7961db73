export type LineLevel = "error" | "warning" | null;

// The pipeline's programs write Python's `[LEVEL]` prefix; a crash without logging starts with its traceback.
const ERROR = /\[(?:ERROR|CRITICAL)\]|^Traceback \(most recent call last\)/;
const WARNING = /\[WARN(?:ING)?\]/;

/** How loud a line is, by its text without terminal sequences. */
export function lineLevel(plain: string): LineLevel {
  if (ERROR.test(plain)) return "error";
  return WARNING.test(plain) ? "warning" : null;
}
