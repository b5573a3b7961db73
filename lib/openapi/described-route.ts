import type { z } from "zod";
import type { RouteDeclaration } from "@/lib/http/define-route";

export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof METHODS)[number];

/** What a method answers when all went well, and what it is for in one sentence. */
export type DescribedMethod = {
  says: string;
  answer: JsonAnswer | TextAnswer;
};
type JsonAnswer = { status: 200 | 201 | 202; schema: z.ZodType };
/** Something else than JSON: a file, or a stream. */
type TextAnswer = { type: "text/csv" | "text/plain" | "text/html" | "text/event-stream" };

/** A route's module, as Next loads it, with a description of each of its methods. */
export type DescribedRoute = {
  /** `/api/runs/{id}` */
  path: string;
  methods: Partial<Record<Method, { declaration: RouteDeclaration }>>;
  described: Partial<Record<Method, DescribedMethod>>;
};

/** A route by its path, its module, and what each of its methods is for. */
export function route(
  path: string,
  methods: DescribedRoute["methods"],
  described: DescribedRoute["described"],
): DescribedRoute {
  return { path, methods, described };
}

export function json(says: string, schema: z.ZodType, status: 200 | 201 | 202 = 200): DescribedMethod {
  return { says, answer: { schema, status } };
}

export function text(says: string, type: TextAnswer["type"]): DescribedMethod {
  return { says, answer: { type } };
}
