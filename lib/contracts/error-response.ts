import { z } from "zod";

/** The closed set of what can go wrong with a request; lib/http/error-response.ts maps each to one status. */
export const ERROR_CODES = [
  "invalid-request",
  "unauthenticated",
  "forbidden",
  "not-found",
  "method-not-allowed",
  "conflict",
  "too-large",
  "too-many",
  "database-unavailable",
  "warehouse-unavailable",
  "aws-unavailable",
  "internal",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export const errorResponseSchema = z.object({
  error: z.object({
    code: z.enum(ERROR_CODES),
    /** What happened and what to do, for a person. */
    message: z.string(),
    /** The fields of the request that are at fault. */
    fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    /** Names the entry in the server's log. */
    requestId: z.string(),
  }),
});
export type ErrorResponse = z.infer<typeof errorResponseSchema>;
