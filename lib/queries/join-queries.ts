import { queryOptions } from "@tanstack/react-query";
import { type AcceptInviteRequest, acceptInviteResponseSchema, openInviteSchema } from "@/lib/contracts/join";
import { fetchJson } from "./fetch-json";

/** Whom the holder of a link may become; asked once, since each look counts against a limit. */
export function openInviteQuery(token: string) {
  return queryOptions({
    queryKey: ["join", token],
    queryFn: ({ signal }) =>
      fetchJson("/api/invites/look", openInviteSchema, { method: "POST", body: { token }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
}

/** Makes the invited person. */
export function acceptInvite(request: AcceptInviteRequest) {
  return fetchJson("/api/invites/accept", acceptInviteResponseSchema, { method: "POST", body: request });
}
