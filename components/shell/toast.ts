import type { NotificationData } from "@mantine/notifications";

const listeners = new Set<() => void>();
let wanted = false;

/** Whether anything was ever announced: until then no page loads what shows it. */
export function toastsWanted(): boolean {
  return wanted;
}

export function onToastsWanted(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells something that happened beside the page's own content; it goes by itself. */
export async function showToast(toast: NotificationData): Promise<void> {
  const { notifications } = await import("@mantine/notifications");
  wanted = true;
  for (const listener of listeners) listener();
  notifications.show({ closeButtonProps: { "aria-label": "Dismiss" }, ...toast });
}
