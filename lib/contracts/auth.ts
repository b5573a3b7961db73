import { z } from "zod";
import type { Permission, Role } from "./roles";

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 128;

/** A password that somebody chooses; one that is typed to sign in is only bounded. */
export const newPasswordSchema = z
  .string()
  .min(PASSWORD_MIN, { error: `needs at least ${PASSWORD_MIN} characters` })
  .max(PASSWORD_MAX, { error: `has at most ${PASSWORD_MAX} characters` });

/** An e-mail address as it is kept: trimmed, in lower case. */
export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, { error: "has at most 254 characters" })
  .pipe(z.email({ error: "is not an e-mail address" }));

/** `POST /api/auth/sign-in/email` */
export const signInRequestSchema = z.strictObject({
  email: emailSchema,
  password: z
    .string()
    .min(1, { error: "is empty" })
    .max(1_000, { error: "is longer than any password here" }),
});

/** `POST /api/auth/sign-in/social`: a configured provider, and the page to come back to. */
export const providerSignInRequestSchema = z.strictObject({
  provider: z.string().min(1).max(40),
  to: z.string().max(2_000),
});

/** A change that has nothing more to tell. */
export const doneSchema = z.object({ done: z.literal(true) });

/** Who is signed in, as components need it. */
export type Viewer = { name: string; email: string; role: Role; permissions: readonly Permission[] };
