"use client";

import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { onSessionEnded, sessionEnded } from "@/lib/queries/session-ended";

const Dialog = dynamic(() => import("./session-ended-dialog").then((module) => module.SessionEndedDialog), {
  ssr: false,
});

/** Over the page as it stands, once its session is over; loaded only then. */
export function SessionEnded() {
  const ended = useSyncExternalStore(onSessionEnded, sessionEnded, () => false);
  return ended && <Dialog />;
}
