import { z } from "zod";
import { doneSchema, type signInRequestSchema } from "@/lib/contracts/auth";
import { fetchJson } from "./fetch-json";

/** Begins a session. @throws RequestError with words for a person */
export function signIn(body: z.input<typeof signInRequestSchema>): Promise<unknown> {
  return fetchJson("/api/auth/sign-in/email", doneSchema, { method: "POST", body });
}

const leadSchema = z.object({ url: z.url() });

/** Where a provider asks who somebody is; `to` is the page to come back to. */
export function beginProviderSignIn(provider: string, to: string): Promise<{ url: string }> {
  return fetchJson("/api/auth/sign-in/social", leadSchema, { method: "POST", body: { provider, to } });
}

/** Ends this browser's session. */
export function signOut(): Promise<unknown> {
  return fetchJson("/api/auth/sign-out", doneSchema, { method: "POST", body: {} });
}
