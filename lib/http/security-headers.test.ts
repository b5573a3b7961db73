import { describe, expect, it } from "vitest";
import { DATA_POLICY, pagePolicy, securityHeaders } from "./security-headers";

const NONCE = "bm9uY2U=";
const directivesOf = (policy: string) =>
  Object.fromEntries(
    policy.split("; ").map((directive) => {
      const [name = "", ...values] = directive.split(" ");
      return [name, values.join(" ")];
    }),
  );

describe("a page's policy", () => {
  const production = directivesOf(pagePolicy({ nonce: NONCE, https: true, development: false }));

  it("runs no script but those of this answer, and nothing that a page's text could hold", () => {
    expect(production["script-src"]).toBe(`'self' 'nonce-${NONCE}' 'strict-dynamic'`);
    expect(production["script-src-attr"]).toBe("'none'");
    expect(production["object-src"]).toBe("'none'");
    expect(production["base-uri"]).toBe("'none'");
    expect(JSON.stringify(production)).not.toMatch(/unsafe-eval|https?:|\*/);
  });

  it("lets no other site frame it, and takes data and forms nowhere else", () => {
    expect(production["frame-ancestors"]).toBe("'none'");
    expect(production["connect-src"]).toBe("'self'");
    expect(production["form-action"]).toBe("'self'");
    expect(production["default-src"]).toBe("'self'");
  });

  it("allows styles without a nonce in attributes only", () => {
    expect(production["style-src"]).not.toContain("unsafe-inline");
    expect(production["style-src-attr"]).toBe("'unsafe-inline'");
  });

  it("asks for https only where there is https", () => {
    expect(production).toHaveProperty("upgrade-insecure-requests");
    expect(pagePolicy({ nonce: NONCE, https: false, development: false })).not.toContain("upgrade");
    expect(securityHeaders({ https: true })).toHaveProperty("strict-transport-security");
    expect(securityHeaders({ https: false })).not.toHaveProperty("strict-transport-security");
  });
});

it("what is no page runs and loads nothing, should a browser show it", () => {
  expect(directivesOf(DATA_POLICY)["default-src"]).toBe("'none'");
});
