"use client";

import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { onToastsWanted, toastsWanted } from "./toast";

const Notifications = dynamic(() => import("@mantine/notifications").then((module) => module.Notifications), {
  ssr: false,
});

/** Where announcements appear, loaded with the first of them. */
export function ToastHost() {
  const wanted = useSyncExternalStore(onToastsWanted, toastsWanted, () => false);
  return wanted && <Notifications position="bottom-right" autoClose={8000} containerWidth={380} />;
}
