import { AppError } from "@/lib/errors";

/** The request's `Idempotency-Key`, or null without one. @throws AppError when it is no usable key. */
export function readIdempotencyKey(request: Request): string | null {
  const key = request.headers.get("idempotency-key");
  if (key === null) return null;
  if (/^[A-Za-z0-9_-]{8,100}$/.test(key)) return key;
  throw new AppError("invalid-request", "Idempotency-Key must be 8 to 100 letters, digits, - or _.");
}
