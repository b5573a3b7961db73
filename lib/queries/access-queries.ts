import { queryOptions } from "@tanstack/react-query";
import {
  type ChangeRoleRequest,
  type CreateInviteRequest,
  changedPersonSchema,
  createInviteResponseSchema,
  type DisablePersonRequest,
  listInvitesResponseSchema,
  listPeopleResponseSchema,
  revokedInviteSchema,
} from "@/lib/contracts/access";
import { fetchJson } from "./fetch-json";

/** Keys of who may do what. */
export const accessKeys = {
  all: ["access"] as const,
  people: ["access", "people"] as const,
  invites: ["access", "invites"] as const,
};

/** Everybody who may sign in. Read again by itself while on screen. */
export function peopleQuery() {
  return queryOptions({
    queryKey: accessKeys.people,
    queryFn: ({ signal }) => fetchJson("/api/people", listPeopleResponseSchema, { signal }),
    refetchInterval: 20_000,
  });
}

/** The invites that nobody has used yet. */
export function invitesQuery() {
  return queryOptions({
    queryKey: accessKeys.invites,
    queryFn: ({ signal }) => fetchJson("/api/invites", listInvitesResponseSchema, { signal }),
    refetchInterval: 20_000,
  });
}

/** Makes a link by which one person may join. */
export function createInvite(request: CreateInviteRequest) {
  return fetchJson("/api/invites", createInviteResponseSchema, { method: "POST", body: request });
}

/** Makes a link by which a person sets a new password. */
export function createPasswordLink(id: string) {
  return fetchJson(`/api/people/${id}/password-link`, createInviteResponseSchema, {
    method: "POST",
    body: {},
  });
}

/** Takes an invite back. */
export function revokeInvite(id: string) {
  return fetchJson(`/api/invites/${id}`, revokedInviteSchema, { method: "DELETE" });
}

/** Gives a person another role. */
export function changeRole(id: string, request: ChangeRoleRequest) {
  return act(id, "role", request);
}

/** Keeps a person out. */
export function disablePerson(id: string, request: DisablePersonRequest) {
  return act(id, "disable", request);
}

/** Lets a disabled person in again. */
export function enablePerson(id: string) {
  return act(id, "enable", {});
}

/** Signs a person out everywhere. */
export function endPersonSessions(id: string) {
  return act(id, "end-sessions", {});
}

function act(id: string, what: "role" | "disable" | "enable" | "end-sessions", body: object) {
  return fetchJson(`/api/people/${id}/${what}`, changedPersonSchema, { method: "POST", body });
}
