import type { z } from "zod";
import { type ErrorCode, errorResponseSchema } from "@/lib/contracts/error-response";
import { noteSession } from "./session-ended";

/** A request that the server refused, or that never reached it (`code` is then `unreachable`). */
export class RequestError extends Error {
  constructor(
    readonly code: ErrorCode | "unreachable",
    message: string,
    readonly status: number,
    readonly fields: { path: string; message: string }[] = [],
  ) {
    super(message);
    this.name = "RequestError";
  }
}

type Request = {
  method?: "GET" | "POST" | "DELETE";
  body?: unknown;
  signal?: AbortSignal;
  idempotencyKey?: string;
};

/**
 * Calls Backcourt's own API and gives the parsed answer.
 * @throws RequestError with a message fit for a person.
 */
export async function fetchJson<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  { method = "GET", body, signal, idempotencyKey }: Request = {},
): Promise<z.infer<Schema>> {
  const headers = new Headers({ accept: "application/json" });
  if (body !== undefined) headers.set("content-type", "application/json");
  if (idempotencyKey) headers.set("idempotency-key", idempotencyKey);
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      signal,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new RequestError("unreachable", "The Backcourt server cannot be reached. Trying again.", 0);
  }
  const payload: unknown = await response.json().catch(() => undefined);
  if (response.ok) return schema.parse(payload);
  const failure = errorResponseSchema.safeParse(payload);
  if (!failure.success)
    throw new RequestError("internal", `The server answered ${response.status}.`, response.status);
  const { code, message, fields } = failure.data.error;
  if (code === "unauthenticated" && !path.startsWith("/api/auth/")) noteSession("ended");
  throw new RequestError(code, message, response.status, fields);
}
