"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Viewer } from "@/lib/contracts/auth";

const ViewerContext = createContext<Viewer | null>(null);

/** Tells every component who is signed in; null on the pages that lead in. */
export function ViewerProvider({ viewer, children }: { viewer: Viewer | null; children: ReactNode }) {
  return <ViewerContext value={viewer}>{children}</ViewerContext>;
}

/** Who is signed in, or null where nobody is. */
export function useViewerOrNull(): Viewer | null {
  return useContext(ViewerContext);
}

/** Who is signed in and what they may do. @throws on pages without a session */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error("Nobody is signed in here.");
  return viewer;
}
