const EASTERN = new Intl.DateTimeFormat("en-US", {
  timeZone: "America/New_York",
  hour: "numeric",
  minute: "2-digit",
  second: "2-digit",
});

/** `3:42:39 PM ET`: to the second, where moments of one run stand beside each other. */
export function easternSeconds(at: string): string {
  return `${EASTERN.format(new Date(at)).replace(/\u202f/g, " ")} ET`;
}
