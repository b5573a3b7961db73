/** A sentence with its full stop, where it has no end of its own. */
export function withStop(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
