import type { z } from "zod";
import { createRefusalBudget } from "@/lib/audit/refusal-budget";
import { writeAudit } from "@/lib/audit/write-audit";
import { type AuthenticateOptions, authenticate, bringsToken, callerOf } from "@/lib/auth/authenticate";
import {
  ACTION_PERMISSION,
  type Action,
  type Actor,
  assertPermitted,
  nobody,
  type OpenAction,
  READ_ACTION,
} from "@/lib/auth/permissions";
import type { Permission } from "@/lib/contracts/roles";
import type { Db } from "@/lib/db";
import type { AppError } from "@/lib/errors";
import type { Logger } from "@/lib/logger";
import { errorResponse, toAppError } from "./error-response";
import { readJson } from "./read-json";
import { assertSameOrigin, assertTrustedHost } from "./request-origin";

type Parsed<Schema> = Schema extends z.ZodType ? z.infer<Schema> : undefined;

type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };

/** What every route's declaration needs of the process that serves it. */
export type RouteServer = {
  db: Db;
  logger: Logger;
  allowedHosts: readonly string[];
  /** Where people reach the console, without a path. */
  publicUrl: string;
  authentication: AuthenticateOptions;
};

type Input<Server, Params, Query, Body> = {
  request: Request;
  server: Server;
  actor: Actor;
  params: Parsed<Params>;
  query: Parsed<Query>;
  body: Parsed<Body>;
};

type Reading = { permission: Permission; action?: never; open?: never };
type Changing = { permission?: never; action: Action; open?: never };
/** Needs no session, for the reason that it names; its actor is nobody. */
type Open = { permission?: never; action?: OpenAction; open: string };
type Access = Reading | Changing | Open;

type Definition<Server, Params, Query, Body> = Access & {
  params?: Params;
  query?: Query;
  body?: Body;
  handle(input: Input<Server, Params, Query, Body>): Promise<Response | object>;
};

/** What a route was declared with, for whoever describes or tries all of them. */
export type RouteDeclaration = Access & { params?: z.ZodType; query?: z.ZodType; body?: z.ZodType };

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
    const route = async (request: Request, context: RouteContext): Promise<Response> => {
      const server = getServer();
      const path = new URL(request.url).pathname;
      let actor = nobody(callerOf(request.headers, server.authentication.trustedProxies));
      let raw: unknown;
      try {
        assertTrustedHost(request, server.allowedHosts);
        if (definition.open === undefined) actor = await authenticate(server.authentication, request.headers);
        if (changesSomething(request)) assertOwnOrigin(request, server.publicUrl);
        if (definition.open === undefined) assertPermitted(actor, permissionOf(definition));
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
        const action = auditedAction(definition, error);
        if (action) await auditRefusal(server, action, request, actor, raw, error);
        return errorResponse(error, server.logger, path);
      }
    };
    const { params, query, body } = definition;
    return Object.assign(route, { declaration: { ...accessOf(definition), params, query, body } });
  };
}

function parse(schema: z.ZodType | undefined, value: unknown): unknown {
  return schema?.parse(value);
}

function accessOf({ permission, action, open }: Access): Access {
  return { permission, action, open } as Access;
}

function permissionOf(access: Reading | Changing): Permission {
  return access.action === undefined ? access.permission : ACTION_PERMISSION[access.action];
}

function changesSomething({ method }: Request): boolean {
  return method !== "GET" && method !== "HEAD";
}

/** A token is never sent by itself, as a cookie is: a request that brings one may come from anywhere. */
function assertOwnOrigin(request: Request, publicUrl: string): void {
  if (!bringsToken(request.headers)) assertSameOrigin(request, publicUrl);
}

/** Under what the audit keeps a refusal: every change, and looks at what only admins see. */
function auditedAction(access: Access, { code }: AppError): string | undefined {
  if (access.action) return access.action;
  return access.permission && code === "forbidden" ? READ_ACTION[access.permission] : undefined;
}

const budget = createRefusalBudget(() => performance.now());

async function auditRefusal(
  server: RouteServer,
  action: string,
  request: Request,
  actor: Actor,
  raw: unknown,
  error: AppError,
): Promise<void> {
  const path = new URL(request.url).pathname;
  const room = actor.personId === null ? budget.take(action, actor.address) : "kept";
  if (room === "dropped") return;
  const more = room === "last" ? " What follows from there within this minute is not kept." : "";
  try {
    await writeAudit(server.db, {
      actor,
      action,
      target: path,
      params: raw === undefined ? {} : { body: raw },
      result: error.code,
      message: `${error.message}${more}`,
    });
  } catch (cause) {
    server.logger.error({ err: cause, action, path }, "a refusal could not be written to the audit");
  }
}
