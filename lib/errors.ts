import type { ErrorCode } from "@/lib/contracts/error-response";

/** Next bundles routes apart, each with a class of its own: `instanceof` fails between them, the brand does not. */
const BRAND = Symbol.for("backcourt.AppError");

export type FieldProblem = { path: string; message: string };

/**
 * The one error that leaves Backcourt's own code on purpose. `message` tells a person what happened and what
 * to do; nothing branches on it. Whatever else is thrown is a defect, or a dependency's failure.
 */
export class AppError extends Error {
  readonly [BRAND] = true;
  readonly fields: FieldProblem[];
  /** When it is worth trying again, for whoever was refused for asking too often. */
  readonly retryAfterSeconds: number | null;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: { cause?: unknown; fields?: FieldProblem[]; retryAfterSeconds?: number } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "AppError";
    this.fields = options.fields ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }
}

/** True for an AppError of any bundle of this process. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && BRAND in error;
}

/** The text of anything that was thrown. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
