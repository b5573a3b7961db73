import type { DbOrTransaction } from "@/lib/db";

export type RevokeLinksOf = {
  personId: string;
  /** Who takes them back, as the list of links names them. */
  by: string;
  at: Date;
};

/**
 * Takes back the unused links that a person has made, by a token of theirs too, and those for their own password;
 * gives how many. Who made a link by its id is what the audit knows.
 */
export async function revokeLinksOf(
  tx: DbOrTransaction,
  { personId, by, at }: RevokeLinksOf,
): Promise<number> {
  return tx.$executeRaw`
    update backcourt.invite set revoked_at = ${at}, revoked_by = ${by}
    where accepted_at is null and revoked_at is null and (
      person_id = ${personId}::uuid
      or id::text in (
        select coalesce(params ->> 'inviteId', params ->> 'id') from backcourt.audit_entry
        where person_id = ${personId}::uuid and action in ('invite.create', 'person.reset-password')
          and result = 'accepted'
      )
    )`;
}
