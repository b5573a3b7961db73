import { ERROR_LINE_PATTERN } from "@/lib/contracts/log";

export type LineLevel = "error" | "warning" | null;

const ERROR = new RegExp(ERROR_LINE_PATTERN);
const WARNING = /\[WARN(?:ING)?\]/;

/** How loud a line is, by its text without terminal sequences. */
export function lineLevel(plain: string): LineLevel {
  if (ERROR.test(plain)) return "error";
  return WARNING.test(plain) ? "warning" : null;
}
