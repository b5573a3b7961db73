import { z } from "zod";
import { ACTION_PERMISSION } from "@/lib/auth/permissions";
import { errorResponseSchema } from "@/lib/contracts/error-response";
import { type Permission, ROLE_PERMISSIONS, ROLES, SIGNED_IN_ONLY } from "@/lib/contracts/roles";
import type { RouteDeclaration } from "@/lib/http/define-route";
import { type DescribedMethod, type DescribedRoute, METHODS } from "./described-route";

type Json = Record<string, unknown>;

const PROBLEM = { $ref: "#/components/schemas/Problem" };

/**
 * OpenAPI 3.1 of the console's own interface, made of what each route was declared with: the schemas that parse
 * its requests are the ones described here.
 */
export function openApiDocument(routes: readonly DescribedRoute[], { server }: { server: string }): Json {
  return {
    openapi: "3.1.0",
    info: {
      title: "Backcourt",
      version: "1",
      description:
        "What the console's own pages call. Send a personal API token as `Authorization: Bearer bc_...`; it may do what its role allows, and never more than its person. docs/api.md has examples.",
    },
    servers: [{ url: server }],
    security: [{ token: [] }, { session: [] }],
    paths: Object.fromEntries(routes.map((route) => [route.path, pathItem(route)])),
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "A personal API token, made under /account." },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "session",
          description: "The session of a signed-in browser.",
        },
      },
      schemas: { Problem: jsonSchema(errorResponseSchema, "output") },
    },
  };
}

function pathItem({ path, methods, described }: DescribedRoute): Json {
  return Object.fromEntries(
    METHODS.flatMap((method) => {
      const [handler, description] = [methods[method], described[method]];
      return handler && description
        ? [[method.toLowerCase(), operation(path, method, handler.declaration, description)]]
        : [];
    }),
  );
}

function operation(
  path: string,
  method: string,
  declaration: RouteDeclaration,
  described: DescribedMethod,
): Json {
  const { action, open, params, query, body } = declaration;
  const permission = open === undefined ? permissionOf(declaration) : null;
  const parameters = [...parametersOf(params, "path"), ...parametersOf(query, "query")];
  return {
    operationId: `${method.toLowerCase()}${path.replace(/^\/api/, "").replace(/[/{}-]+(\w)?/g, (_, next) => (next ?? "").toUpperCase())}`,
    summary: described.says,
    description: whoMay(permission, action),
    ...(permission ? { "x-permission": permission } : { security: [] }),
    ...(action ? { "x-audited-as": action } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body
      ? {
          requestBody: {
            required: true,
            content: { "application/json": { schema: jsonSchema(body, "input") } },
          },
        }
      : {}),
    responses: {
      ...success(described),
      default: problem("Refused, or failed: what happened and what to do."),
    },
  };
}

function whoMay(permission: Permission | null, action: string | undefined): string {
  const who = permission
    ? `For ${ROLES.filter((role) => ROLE_PERMISSIONS[role].has(permission)).join(", ")}.`
    : "Needs no session.";
  const kept = action ? ` Audited as \`${action}\`, refusals too.` : "";
  const signedIn = permission && SIGNED_IN_ONLY.has(permission) ? " Not by a token." : "";
  return `${who}${signedIn}${kept}`;
}

function permissionOf({ permission, action }: RouteDeclaration): Permission | null {
  if (permission) return permission;
  return ACTION_PERMISSION[action as keyof typeof ACTION_PERMISSION] ?? null;
}

function success({ answer }: DescribedMethod): Json {
  if ("type" in answer)
    return { "200": { description: "As text.", content: { [answer.type]: { schema: { type: "string" } } } } };
  const content = { "application/json": { schema: jsonSchema(answer.schema, "output") } };
  return { [String(answer.status)]: { description: "Done.", content } };
}

function problem(description: string): Json {
  return { description, content: { "application/json": { schema: PROBLEM } } };
}

function parametersOf(schema: z.ZodType | undefined, place: "path" | "query"): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, "input") as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: property,
  }));
}

function jsonSchema(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" }) as Json;
  return rest;
}
