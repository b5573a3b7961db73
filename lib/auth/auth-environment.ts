import { z } from "zod";

const LOOPBACK_HOSTS: readonly string[] = ["127.0.0.1", "::1", "localhost"];

const commaList = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((item) => item.trim())
      .filter(Boolean),
  );

const lowerCaseList = commaList.transform((items) => items.map((item) => item.toLowerCase()));

const origin = z
  .url({ protocol: /^https?$/, error: "must be an address such as https://backcourt.example.org" })
  .refine((text) => new URL(text).pathname === "/" && new URL(text).search === "", {
    error: "must be an address without a path, such as https://backcourt.example.org",
  })
  .transform((text) => new URL(text).origin);

/** What the web needs to know who is who; .env.example describes each. */
export const authShape = {
  AUTH_SECRET: z
    .string()
    .min(32, { error: "must have at least 32 characters: openssl rand -hex 32 makes one" })
    .refine((text) => !text.startsWith("change-me"), {
      error: "is still the example's, which everybody knows: openssl rand -hex 32 makes one",
    }),
  PUBLIC_URL: origin.optional(),
  TRUSTED_PROXIES: commaList.refine((items) => items.every(isAddress), {
    error: "must be IP addresses, separated by commas",
  }),
  RUNS_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).default(1_000),
  STREAMS_PER_PERSON: z.coerce.number().int().min(1).max(10_000).default(60),
  ADMIN_EMAIL: z.email({ error: "must be an e-mail address" }).toLowerCase().optional(),
  ADMIN_PASSWORD: z.string().min(12, { error: "must have at least 12 characters" }).optional(),
  ADMIN_PASSWORD_FILE: z.string().min(1).optional(),
  BACKCOURT_DEMO: z.stringbool({ error: "must be true or false" }).default(false),
  AUTH_GITHUB_CLIENT_ID: z.string().min(1).optional(),
  AUTH_GITHUB_CLIENT_SECRET: z.string().min(1).optional(),
  // Who can change what a plain http issuer says can sign in as anybody.
  AUTH_OIDC_ISSUER: z
    .url({ protocol: /^https?$/, error: "must be the issuer's address" })
    .refine(isHttpsOrLoopback, { error: "must begin with https:// (http is for a loopback address only)" })
    .optional(),
  AUTH_OIDC_CLIENT_ID: z.string().min(1).optional(),
  AUTH_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  AUTH_OIDC_NAME: z.string().min(1).max(40).default("Single sign-on"),
  AUTH_ALLOWED_EMAILS: lowerCaseList,
  AUTH_ALLOWED_DOMAINS: lowerCaseList,
};

type AuthEnv = z.infer<z.ZodObject<typeof authShape>> & { HOST: string };

/** What no variable can be wrong about alone. */
export function checkAuthEnv(env: AuthEnv, context: z.core.$RefinementCtx): void {
  const refuse = (name: keyof AuthEnv, message: string) =>
    context.issues.push({ code: "custom", path: [name], message, input: env[name] });
  if (!LOOPBACK_HOSTS.includes(env.HOST) && !env.PUBLIC_URL)
    refuse("HOST", "may be other than loopback only when PUBLIC_URL says under which address people come");
  const providers = [
    ["AUTH_GITHUB_CLIENT_ID", "AUTH_GITHUB_CLIENT_SECRET"],
    ["AUTH_OIDC_ISSUER", "AUTH_OIDC_CLIENT_ID", "AUTH_OIDC_CLIENT_SECRET"],
  ] as const;
  for (const names of providers) {
    const missing = names.filter((name) => env[name] === undefined);
    if (missing.length === 0 || missing.length === names.length) continue;
    refuse(names[0], `needs ${missing.join(" and ")} beside it`);
  }
  if (env.BACKCOURT_DEMO && (env.PUBLIC_URL || !LOOPBACK_HOSTS.includes(env.HOST)))
    refuse(
      "BACKCOURT_DEMO",
      "is for one machine alone: with PUBLIC_URL, or another HOST than loopback, it cannot be",
    );
  if (env.ADMIN_EMAIL && !env.ADMIN_PASSWORD && !env.ADMIN_PASSWORD_FILE)
    refuse("ADMIN_EMAIL", "needs ADMIN_PASSWORD or ADMIN_PASSWORD_FILE beside it");
  if (env.ADMIN_PASSWORD && env.ADMIN_PASSWORD_FILE)
    refuse("ADMIN_PASSWORD", "and ADMIN_PASSWORD_FILE are both set: one of them says it");
}

function isAddress(text: string): boolean {
  return z.union([z.ipv4(), z.ipv6()]).safeParse(text).success;
}

function isHttpsOrLoopback(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}
