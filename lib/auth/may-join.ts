/** Whom a provider's word lets in without an invite: addresses and domains, in lower case. */
export type AllowList = { emails: readonly string[]; domains: readonly string[] };

/** Whether somebody whom nobody invited may join; an empty list lets nobody in. */
export function mayJoin({ emails, domains }: AllowList, email: string): boolean {
  const address = email.trim().toLowerCase();
  const at = address.lastIndexOf("@");
  return emails.includes(address) || (at > 0 && domains.includes(address.slice(at + 1)));
}
