import { queryOptions } from "@tanstack/react-query";
import {
  accountSchema,
  type ChangePasswordRequest,
  type CreateTokenInput,
  createTokenResponseSchema,
  endedSessionsSchema,
  revokedTokenSchema,
} from "@/lib/contracts/account";
import { doneSchema } from "@/lib/contracts/auth";
import { fetchJson } from "./fetch-json";

/** Key of one's own account. */
export const accountKey = ["account"] as const;

/** One's own account. Read again by itself while on screen. */
export function accountQuery() {
  return queryOptions({
    queryKey: accountKey,
    queryFn: ({ signal }) => fetchJson("/api/account", accountSchema, { signal }),
    refetchInterval: 20_000,
  });
}

/** Makes an API token. */
export function createToken(request: CreateTokenInput) {
  return fetchJson("/api/tokens", createTokenResponseSchema, { method: "POST", body: request });
}

/** Makes a token useless. */
export function revokeToken(id: string) {
  return fetchJson(`/api/tokens/${id}`, revokedTokenSchema, { method: "DELETE" });
}

/** Ends one of one's own sessions. */
export function endSession(id: string) {
  return fetchJson(`/api/account/sessions/${id}`, endedSessionsSchema, { method: "DELETE" });
}

/** Signs one out everywhere but here. */
export function endOtherSessions() {
  return fetchJson("/api/account/end-other-sessions", endedSessionsSchema, { method: "POST", body: {} });
}

/** Sets another password in place of the present one; every other session ends. */
export function changePassword(request: ChangePasswordRequest) {
  return fetchJson("/api/account/password", doneSchema, { method: "POST", body: request });
}
