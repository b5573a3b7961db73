import { useEffect, useState } from "react";

/** Gives the focus back to what had it when this component appeared. For dialogs that are mounted open. */
export function useReturnFocus(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => void (before instanceof HTMLElement && before.focus({ preventScroll: true })),
    [before],
  );
}
