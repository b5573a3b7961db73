import type { ErrorCode } from "@/lib/contracts/error-response";

export type FieldProblem = { path: string; message: string };

/**
 * The one error that leaves Backcourt's own code on purpose. `message` tells a person what happened and what
 * to do; nothing branches on it. Whatever else is thrown is a defect, or a dependency's failure.
 */
export class AppError extends Error {
  readonly fields: FieldProblem[];

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: { cause?: unknown; fields?: FieldProblem[] } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "AppError";
    this.fields = options.fields ?? [];
  }
}

/** The text of anything that was thrown. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
