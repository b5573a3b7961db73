import { execFileSync } from "node:child_process";
import { describe, expect, it, vi } from "vitest";
import { METHODS } from "@/lib/openapi/described-route";
import { openApiDocument } from "@/lib/openapi/openapi-document";

// Loading every route loads what it declares, and connects to nothing: the server is made at the first request.
const { API_ROUTES } = await import("./api-routes");
vi.setConfig({ testTimeout: 20_000 });

const FILES = execFileSync(
  "git",
  ["ls-files", "--cached", "--others", "--exclude-standard", "--", "app/api/**/route.ts"],
  { encoding: "utf8" },
)
  .split("\n")
  .filter(Boolean);
const PATHS = FILES.map((file) =>
  file
    .replace(/^app/, "")
    .replace("/route.ts", "")
    .replace(/\[(?:\.\.\.)?(\w+)\]/g, "{$1}"),
);

/** What nobody needs a session for; every one more is a decision. */
const OPEN_PATHS = [
  "/api/auth/callback/{provider}",
  "/api/auth/sign-in/email",
  "/api/auth/sign-in/social",
  "/api/health/live",
  "/api/invites/accept",
  "/api/invites/look",
];

type Operation = {
  operationId: string;
  parameters?: { name: string; in: string; required: boolean; schema: unknown }[];
  requestBody?: unknown;
  responses: Record<string, unknown>;
  security?: unknown[];
};
const DOCUMENT = openApiDocument(API_ROUTES, { server: "https://backcourt.example.org" }) as {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
};
const OPERATIONS = Object.entries(DOCUMENT.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
);

describe("the OpenAPI document", () => {
  it("has every route of app/api, and no other", () => {
    expect(API_ROUTES.map(({ path }) => path).sort()).toEqual(PATHS.sort());
  });

  it.each(API_ROUTES)(
    "$path: every method is described, and what is described is there",
    ({ methods, described }) => {
      expect(Object.keys(described).sort()).toEqual(METHODS.filter((method) => methods[method]).sort());
      for (const method of METHODS) if (methods[method]) expect(methods[method].declaration).toBeDefined();
    },
  );

  it("declares each parameter of a path, and gives each operation a name of its own", () => {
    for (const { path, method, operation } of OPERATIONS) {
      const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === "path");
      expect([path, method, declared.map(({ name }) => name).sort()]).toEqual([path, method, wanted.sort()]);
    }
    const names = OPERATIONS.map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-zA-Z]+$/);
  });

  it("describes changes with a body, and asks for a session everywhere but on the open routes", () => {
    for (const { path, method, operation } of OPERATIONS) {
      if (method === "post") expect([path, operation.requestBody]).not.toEqual([path, undefined]);
      if (method === "get") expect(operation.requestBody).toBeUndefined();
    }
    const open = OPERATIONS.filter(({ operation }) => operation.security?.length === 0).map(
      ({ path }) => path,
    );
    expect(open.sort()).toEqual(OPEN_PATHS);
  });

  it("refers to nothing that it does not hold, and is JSON", () => {
    const text = JSON.stringify(DOCUMENT);
    const missing = [...text.matchAll(/"\$ref":"([^"]+)"/g)].flatMap(([, reference = ""]) =>
      reference === "#/components/schemas/Problem" ? [] : [reference],
    );
    expect(missing).toEqual([]);
    expect(JSON.parse(text)).toEqual(DOCUMENT);
    expect(DOCUMENT.openapi).toBe("3.1.0");
  });

  it("tells an order's fields as they are parsed", () => {
    expect(JSON.stringify(DOCUMENT.paths["/api/runs"]?.post?.requestBody)).toContain('"runDate"');
    expect(DOCUMENT.paths["/api/runs"]?.get?.parameters).toContainEqual(
      expect.objectContaining({ name: "limit", in: "query", required: false }),
    );
  });
});
