/** The demo's accounts are under a domain that no mail can reach, so they are known for what they are. */
export const DEMO_DOMAIN = "backcourt.local";
