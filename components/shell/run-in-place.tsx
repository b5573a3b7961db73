"use client";

import dynamic from "next/dynamic";
import { usePathname, useSelectedLayoutSegments } from "next/navigation";
import {
  type ComponentType,
  createContext,
  type ReactNode,
  startTransition,
  useCallback,
  useContext,
  useState,
} from "react";

type RunView = ComponentType<{ id: string }>;

/** There once its code has been fetched: then it is drawn in one go, without a moment of nothing. */
let fetched: RunView | null = null;

async function fetchView(): Promise<RunView> {
  const { InPlaceRun } = await import("@/components/runs/in-place-run");
  fetched = InPlaceRun;
  return InPlaceRun;
}

const FetchedLater = dynamic(fetchView, { ssr: false });

const RUN_PATH = /^\/runs\/([0-9a-f-]{36})$/;

/** Fetches the code of a run's page before it is needed. */
export function preloadRunInPlace(): void {
  void fetchView();
}

type OpenRun = (runId: string) => void;

const OpenRunContext = createContext<OpenRun>(() => undefined);

/**
 * Goes to a run's page without asking the server: only the address changes (Next follows `pushState`), and
 * `RunInPlace` draws what it names. Reloaded, or sent to somebody, it is the server's page as ever.
 */
export function useOpenRunInPlace(): OpenRun {
  return useContext(OpenRunContext);
}

/** The router's page, or the run that the address names where the router does not know of it. */
export function RunInPlace({ children }: { children: ReactNode }) {
  const named = RUN_PATH.exec(usePathname())?.[1];
  const routed = useSelectedLayoutSegments();
  const [opening, setOpening] = useState<string | null>(null);
  const open = useCallback((runId: string) => {
    // Drawn now: Next follows the address in a transition, and that waits for whatever else is to be drawn.
    setOpening(runId);
    startTransition(() => {
      setOpening(null);
      window.history.pushState(null, "", `/runs/${runId}`);
    });
  }, []);
  const runId = opening ?? named;
  return (
    <OpenRunContext value={open}>
      {runId === undefined || routed.includes(runId) ? children : <RunOf key={runId} id={runId} />}
    </OpenRunContext>
  );
}

function RunOf({ id }: { id: string }) {
  const [View] = useState<RunView>(() => fetched ?? FetchedLater);
  return <View id={id} />;
}
