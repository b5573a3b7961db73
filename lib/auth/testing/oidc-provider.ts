import { createHash, createSign, generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Who signs in at the provider, as its id token will say. */
export type OidcPerson = { sub: string; email: string; email_verified: boolean; name: string };

/** An OpenID Connect provider on loopback: discovery, PKCE, signed id tokens. Nobody is asked for a password. */
export type OidcProvider = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Who is at the provider's page from now on. */
  person: OidcPerson;
  /** Signs tokens with a key that its JWKS does not have. */
  forge: boolean;
  close(): Promise<void>;
};

type Grant = { nonce: string | null; challenge: string | null; person: OidcPerson };

/** Starts it on a free port. */
export async function startOidcProvider(person: OidcPerson): Promise<OidcProvider> {
  const keys = { real: newKey(), other: newKey() };
  const grants = new Map<string, Grant>();
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: OidcProvider = {
    issuer,
    clientId: "backcourt",
    clientSecret: randomBytes(12).toString("hex"),
    person,
    forge: false,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", issuer);
    const json = (body: object, status = 200) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    switch (url.pathname) {
      case "/.well-known/openid-configuration":
        return void json(discoveryOf(issuer));
      case "/jwks":
        return void json({ keys: [{ ...keys.real.publicJwk, kid: "1", alg: "RS256", use: "sig" }] });
      case "/authorize": {
        const code = randomBytes(16).toString("hex");
        const asked = url.searchParams;
        grants.set(code, {
          nonce: asked.get("nonce"),
          challenge: asked.get("code_challenge"),
          person: provider.person,
        });
        const back = new URL(asked.get("redirect_uri") ?? "");
        back.searchParams.set("code", code);
        back.searchParams.set("state", asked.get("state") ?? "");
        return void response.writeHead(302, { location: back.href }).end();
      }
      case "/token": {
        const given = new URLSearchParams(await textOf(request));
        const grant = grants.get(given.get("code") ?? "");
        grants.delete(given.get("code") ?? "");
        const proof = createHash("sha256")
          .update(given.get("code_verifier") ?? "")
          .digest("base64url");
        if (!grant?.challenge || grant.challenge !== proof) return void json({ error: "invalid_grant" }, 400);
        const key = provider.forge ? keys.other : keys.real;
        const idToken = key.sign(claimsOf(provider, grant));
        return void json({ access_token: "unused", token_type: "Bearer", id_token: idToken, expires_in: 60 });
      }
      default:
        return void json({ error: "not_found" }, 404);
    }
  }
  return provider;
}

function discoveryOf(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    code_challenge_methods_supported: ["S256"],
  };
}

function claimsOf({ issuer, clientId }: OidcProvider, { nonce, person }: Grant) {
  const now = Math.floor(Date.now() / 1_000);
  return { iss: issuer, aud: clientId, iat: now, exp: now + 60, nonce, ...person };
}

function newKey() {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return {
    publicJwk: publicKey.export({ format: "jwk" }),
    sign(claims: object): string {
      const text = `${part({ alg: "RS256", kid: "1", typ: "JWT" })}.${part(claims)}`;
      return `${text}.${createSign("RSA-SHA256").update(text).sign(privateKey, "base64url")}`;
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
