import { useEffect, useEffectEvent } from "react";

/**
 * Calls `onEscape` for an Escape while exactly `dialogs` of them are open: 0 for the page itself, 1 for a sheet
 * that lets a dialog above it take the key.
 */
export function useEscape(onEscape: () => void, dialogs = 0): void {
  const act = useEffectEvent(onEscape);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      if (document.querySelectorAll('[role="dialog"]').length === dialogs) act();
    };
    // While it is captured, and before the dialogs' own listeners, which came later: all are still to be seen.
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, [dialogs]);
}
