/** True when a key press belongs to a field, or to the browser, and is no shortcut of ours. */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  return (
    event.target instanceof HTMLElement &&
    (event.target.isContentEditable ||
      event.target.closest("input:not([type=radio]), textarea, select") !== null)
  );
}
