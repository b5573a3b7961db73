import type { KeyboardEvent } from "react";

/** Arrow keys, Home and End go between the links of a list. */
export function moveFocus(event: KeyboardEvent<HTMLElement>) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const links: Element[] = [...event.currentTarget.querySelectorAll("a")];
  const at = document.activeElement === null ? -1 : links.indexOf(document.activeElement);
  const to = targetOf(event.key, at, links.length - 1);
  if (to === null) return;
  event.preventDefault();
  const link = links[to];
  if (link instanceof HTMLElement) link.focus();
}

function targetOf(key: string, at: number, last: number): number | null {
  if (key === "ArrowDown") return Math.min(last, at + 1);
  if (key === "ArrowUp") return Math.max(0, at - 1);
  if (key === "Home") return 0;
  return key === "End" ? last : null;
}
