import type { z } from "zod";
import { writeAudit } from "@/lib/audit/write-audit";
import { ACTION_PERMISSION, type Action, type Actor, authorise } from "@/lib/auth/permissions";
import type { Permission } from "@/lib/contracts/roles";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Logger } from "@/lib/logger";
import { errorResponse, toAppError } from "./error-response";
import { assertSameOrigin, assertTrustedHost } from "./request-origin";

type Parsed<Schema> = Schema extends z.ZodType ? z.infer<Schema> : undefined;

type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };

/** What every route's declaration needs of the process that serves it. */
export type RouteServer = { db: Db; logger: Logger; allowedHosts: readonly string[] };

type Input<Server, Params, Query, Body> = {
  request: Request;
  server: Server;
  actor: Actor;
  params: Parsed<Params>;
  query: Parsed<Query>;
  body: Parsed<Body>;
};

type Reading = { permission: Permission; action?: never };
type Changing = { permission?: never; action: Action };

type Definition<Server, Params, Query, Body> = (Reading | Changing) & {
  params?: Params;
  query?: Query;
  body?: Body;
  handle(input: Input<Server, Params, Query, Body>): Promise<Response | object>;
};

const MAX_BODY_BYTES = 256 * 1024;

/**
 * Gives the function by which a server's routes are declared. A route cannot exist without naming what it
 * takes to call it; one that changes something names its action, from which the permission and the audit
 * entry of a refusal follow. It authorises, parses every input (unknown fields are refused), handles, and lets
 * errors leave through one door.
 */
export function createRouteDefiner<Server extends RouteServer>(getServer: () => Server) {
  return function defineRoute<
    Params extends z.ZodType | undefined = undefined,
    Query extends z.ZodType | undefined = undefined,
    Body extends z.ZodType | undefined = undefined,
  >(definition: Definition<Server, Params, Query, Body>) {
    return async (request: Request, context: RouteContext): Promise<Response> => {
      const server = getServer();
      const path = new URL(request.url).pathname;
      let actor: Actor | undefined;
      let raw: unknown;
      try {
        assertTrustedHost(request, server.allowedHosts);
        if (definition.action) assertSameOrigin(request);
        actor = authorise(definition.action ? ACTION_PERMISSION[definition.action] : definition.permission);
        raw = definition.body ? await readJson(request) : undefined;
        const result = await definition.handle({
          request,
          server,
          actor,
          params: parse(definition.params, await context.params) as Parsed<Params>,
          query: parse(
            definition.query,
            Object.fromEntries(new URL(request.url).searchParams),
          ) as Parsed<Query>,
          body: parse(definition.body, raw) as Parsed<Body>,
        });
        return result instanceof Response
          ? result
          : Response.json(result, { headers: { "cache-control": "no-store" } });
      } catch (thrown) {
        const error = toAppError(thrown);
        if (definition.action) await auditRefusal(server, definition.action, path, actor, raw, error);
        return errorResponse(error, server.logger, path);
      }
    };
  };
}

function parse(schema: z.ZodType | undefined, value: unknown): unknown {
  return schema?.parse(value);
}

async function readJson(request: Request): Promise<unknown> {
  if (!request.headers.get("content-type")?.startsWith("application/json")) {
    throw new AppError("invalid-request", "Send the request's body as application/json.");
  }
  const text = await request.text();
  if (text.length > MAX_BODY_BYTES)
    throw new AppError("too-large", "The request's body is larger than 256 KiB.");
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("invalid-request", "The request's body is not valid JSON.");
  }
}

async function auditRefusal(
  server: RouteServer,
  action: Action,
  path: string,
  actor: Actor | undefined,
  raw: unknown,
  error: AppError,
): Promise<void> {
  const params = JSON.stringify(raw ?? null).slice(0, 4_000);
  try {
    await writeAudit(server.db, {
      actor: actor?.name ?? "unknown",
      action,
      target: path,
      params: { body: params },
      result: error.code,
      message: error.message.slice(0, 1_000),
    });
  } catch (cause) {
    server.logger.error({ err: cause, action, path }, "a refusal could not be written to the audit");
  }
}
