import { prismaAdapter } from "better-auth/adapters/prisma";
import { APIError } from "better-auth/api";
import { betterAuth } from "better-auth/minimal";
import { genericOAuth } from "better-auth/plugins/generic-oauth";
import { v7 as uuidv7 } from "uuid";
import { PASSWORD_MAX, PASSWORD_MIN } from "@/lib/contracts/auth";
import { NAME_MAX, nameSchema } from "@/lib/contracts/person-fields";
import type { Db } from "@/lib/db";
import type { Logger } from "@/lib/logger";
import { type AllowList, mayJoin } from "./may-join";
import { SESSION_DAYS, SESSION_IDLE_DAYS, sessionCookieName } from "./session-cookie";

/** Given to better-auth with the address that lib/auth/client-address.ts found; never a client's own. */
export const ADDRESS_HEADER = "x-backcourt-address";

export const OIDC_PROVIDER = "oidc";

export type ProviderSettings = {
  github: { clientId: string; clientSecret: string } | null;
  oidc: { issuer: string; clientId: string; clientSecret: string; name: string } | null;
  allowed: AllowList;
};

export type AuthOptions = {
  db: Db;
  secret: string;
  /** Where people reach the console, without a path. */
  publicUrl: string;
  providers: ProviderSettings;
  logger: Logger;
};

export type Auth = ReturnType<typeof createAuth>;

const DAY_SECONDS = 86_400;

/**
 * better-auth's core over our own tables: it checks passwords, speaks with providers, and writes sessions and
 * their cookies. Who may do what, invites, tokens and limits are ours, and so are the routes: of its own
 * endpoints only the providers' callback is reachable.
 */
export function createAuth({ db, secret, publicUrl, providers, logger }: AuthOptions) {
  const secure = publicUrl.startsWith("https:");
  return betterAuth({
    baseURL: publicUrl,
    basePath: "/api/auth",
    secret,
    trustedOrigins: [publicUrl],
    database: prismaAdapter(db, { provider: "postgresql", transaction: true }),
    user: {
      modelName: "person",
      validateUserInfo: ({ user, source }) => {
        if (source.method !== "oauth") return;
        if (user.emailVerified !== true) return { error: "email_not_verified" };
        const known = source.action !== "create-user";
        return known || mayJoin(providers.allowed, user.email ?? "") ? undefined : { error: "not_invited" };
      },
    },
    session: {
      // The cookie lives as long as a session may at all; the shorter idle time is the database's (authenticate).
      expiresIn: SESSION_DAYS * DAY_SECONDS,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_MIN,
      maxPasswordLength: PASSWORD_MAX,
    },
    account: {
      accountLinking: { enabled: true, trustedProviders: [] },
      // Nothing is asked of a provider later, so none of its tokens is kept.
      updateAccountOnSignIn: false,
    },
    socialProviders: providers.github ? { github: providers.github } : {},
    plugins: providers.oidc ? [genericOAuth({ config: [oidcConfig(providers.oidc)] })] : [],
    databaseHooks: {
      user: {
        create: {
          // A provider may give no name, or one that hides among others' in the audit.
          before: async (user) => ({
            data: { ...user, name: nameSchema(NAME_MAX).safeParse(user.name).data ?? user.email },
          }),
        },
      },
      session: {
        create: {
          before: async (session) => {
            const person = await db.person.findUnique({ where: { id: session.userId } });
            if (!person || person.disabledAt) {
              throw new APIError("FORBIDDEN", { code: "person_disabled", message: "person_disabled" });
            }
            await db.session.deleteMany({
              where: { userId: session.userId, expiresAt: { lt: new Date() } },
            });
            const idleEnd = new Date(Date.now() + SESSION_IDLE_DAYS * DAY_SECONDS * 1_000);
            return { data: { ...session, expiresAt: idleEnd } };
          },
        },
      },
      account: {
        create: {
          before: async (account) => ({
            data: { ...account, accessToken: null, refreshToken: null, idToken: null },
          }),
        },
      },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    onAPIError: { errorURL: "/sign-in" },
    advanced: {
      cookiePrefix: "backcourt",
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax", path: "/", secure },
      cookies: {
        session_token: { name: sessionCookieName(publicUrl) },
        state: { name: `${secure ? "__Host-" : ""}backcourt.state` },
      },
      database: { generateId: () => uuidv7() },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    logger: {
      level: "warn",
      log: (level, message) => logger[level === "error" ? "warn" : "info"]({ part: "better-auth" }, message),
    },
  });
}

function oidcConfig({ issuer, clientId, clientSecret, name }: NonNullable<ProviderSettings["oidc"]>) {
  return {
    providerId: OIDC_PROVIDER,
    name,
    discoveryUrl: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    requireIdTokenVerification: true,
    clientId,
    clientSecret,
    scopes: ["openid", "email", "profile"],
    pkce: true,
    disableProviderLogout: true,
  };
}
