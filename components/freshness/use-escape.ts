import { useEffect, useEffectEvent } from "react";

/** Calls `onEscape` for an Escape that no dialog, sheet or list on screen is meant to take. */
export function useEscape(onEscape: () => void): void {
  const act = useEffectEvent(onEscape);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      if (document.querySelector('[role="dialog"]') === null) act();
    };
    // While it is captured, a dialog that this same key closes is still there to be seen.
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, []);
}
