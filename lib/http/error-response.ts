import { randomUUID } from "node:crypto";
import { ZodError } from "zod";
import type { ErrorCode, ErrorResponse } from "@/lib/contracts/error-response";
import { isDatabaseAway } from "@/lib/database-away";
import { AppError, type FieldProblem, isAppError } from "@/lib/errors";
import type { Logger } from "@/lib/logger";

const STATUS: Record<ErrorCode, number> = {
  "invalid-request": 400,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  "method-not-allowed": 405,
  conflict: 409,
  "too-large": 413,
  "too-many": 429,
  "database-unavailable": 503,
  "warehouse-unavailable": 503,
  "aws-unavailable": 503,
  internal: 500,
};

/** Turns whatever was thrown into the one error that leaves the server; only AppError's own words are shown. */
export function toAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  if (error instanceof ZodError) return invalidRequest(error);
  if (isDatabaseAway(error)) {
    return new AppError(
      "database-unavailable",
      "The console database does not answer. Nothing was started; try again when /health shows it up.",
      { cause: error },
    );
  }
  return new AppError("internal", "Something went wrong inside Backcourt. Nothing more is known here.", {
    cause: error,
  });
}

/** A 400 that names each field at fault and what it should be. */
export function invalidRequest(error: ZodError): AppError {
  const fields: FieldProblem[] = error.issues.map((issue) => ({
    path: issue.path.join("."),
    message: issue.message,
  }));
  const message = fields
    .map((field) => (field.path ? `${field.path}: ${field.message}` : field.message))
    .join("; ");
  return new AppError("invalid-request", message, { fields });
}

/** The JSON answer for an error; the cause goes to the log under the request's id, never to the client. */
export function errorResponse(error: AppError, logger: Logger, path: string): Response {
  const requestId = randomUUID();
  const status = STATUS[error.code];
  logger[status >= 500 ? "error" : "info"](
    { requestId, path, code: error.code, err: error.cause },
    error.message,
  );
  const body: ErrorResponse = {
    error: {
      code: error.code,
      message: error.message,
      requestId,
      ...(error.fields.length ? { fields: error.fields } : {}),
    },
  };
  const headers = new Headers({ "cache-control": "no-store" });
  if (error.retryAfterSeconds !== null) headers.set("retry-after", String(error.retryAfterSeconds));
  return Response.json(body, { status, headers });
}
