"use client";

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { frameReader } from "@/components/runs/frame-reader";
import { LiveConnection, type LiveState, type LogWatch } from "@/components/runs/live-connection";
import { coverageKeys } from "@/lib/queries/coverage-queries";
import { runKeys } from "@/lib/queries/run-queries";
import { noteSession, sessionEnded } from "@/lib/queries/session-ended";

/** A hidden tab keeps its stream this long (a person looks at another tab for a moment), then lets it go. */
const HIDDEN_MS = 60_000;

const LiveContext = createContext<LiveConnection | null>(null);

/** Holds the tab's one event stream and brings what it says into the query cache. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const router = useRouter();
  // What the frame around the page knows of its person comes from the server.
  const [connection] = useState(() => makeConnection(queryClient, () => router.refresh()));
  useEffect(() => keepConnected(connection), [connection]);
  return <LiveContext value={connection}>{children}</LiveContext>;
}

/** Whether what is on screen changes by itself at the moment. @throws outside of LiveProvider. */
export function useLiveState(): LiveState {
  const connection = useLiveConnection();
  return useSyncExternalStore(connection.subscribe, connection.getState, () => "connecting" as const);
}

/** When the live stream was lost, as an ISO moment; null while it is there. @throws outside of LiveProvider. */
export function useLiveLostAt(): string | null {
  const connection = useLiveConnection();
  const lostAt = useSyncExternalStore(connection.subscribe, connection.getLostAt, () => null);
  return lostAt === null ? null : new Date(lostAt).toISOString();
}

/**
 * Reads a run's log from the stream while `watch` is not null and the component is on screen. The object
 * stands for the subscription, so keep it the same between renders.
 */
export function useRunLogStream(watch: LogWatch | null): void {
  const connection = useLiveConnection();
  useEffect(() => (watch ? connection.watch(watch) : undefined), [connection, watch]);
}

/** The tab's event stream itself. @throws outside of LiveProvider. */
export function useLiveConnection(): LiveConnection {
  const connection = useContext(LiveContext);
  if (!connection) throw new Error("The live stream needs a LiveProvider above it.");
  return connection;
}

function makeConnection(queryClient: QueryClient, onViewerChanged: () => void): LiveConnection {
  const read = frameReader(queryClient);
  const connection = new LiveConnection({
    open: (url) => new EventSource(url),
    onFrame: (frame) => {
      if (frame.type === "session-ended") {
        // Another attempt would be refused until somebody signs in.
        connection.stop();
        noteSession("ended");
      } else if (frame.type === "viewer-changed") onViewerChanged();
      else read(frame);
    },
    onResumed: () => {
      void queryClient.invalidateQueries({ queryKey: coverageKeys.all });
      void queryClient.invalidateQueries({ queryKey: runKeys.all });
    },
    random: Math.random,
    now: Date.now,
    setTimer: (callback, milliseconds) => window.setTimeout(callback, milliseconds),
    clearTimer: (timer) => window.clearTimeout(timer),
  });
  return connection;
}

/** Starts the stream and follows the page's life: network, visibility, the back-forward cache. */
function keepConnected(connection: LiveConnection): () => void {
  let hiddenTimer: number | undefined;
  const start = () => {
    if (!sessionEnded()) connection.start();
  };
  const onVisibility = () => {
    window.clearTimeout(hiddenTimer);
    if (!document.hidden) {
      start();
      return;
    }
    // A log that is being watched goes on, so that it is all there when the person comes back.
    hiddenTimer = window.setTimeout(() => {
      if (!connection.isWatching) connection.stop();
    }, HIDDEN_MS);
  };
  const onOnline = () => connection.retryNow();
  const onHide = () => connection.stop();
  const onShow = start;

  document.addEventListener("visibilitychange", onVisibility);
  window.addEventListener("online", onOnline);
  window.addEventListener("pagehide", onHide);
  window.addEventListener("pageshow", onShow);
  connection.start();
  return () => {
    document.removeEventListener("visibilitychange", onVisibility);
    window.removeEventListener("online", onOnline);
    window.removeEventListener("pagehide", onHide);
    window.removeEventListener("pageshow", onShow);
    window.clearTimeout(hiddenTimer);
    connection.stop();
  };
}
