"use client";

import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import type { Viewer } from "@/lib/contracts/auth";
import { LiveProvider } from "./live-provider";
import { NowProvider } from "./now-provider";
import { makeQueryClient } from "./query-client";
import { cssVariablesResolver, theme } from "./theme";
import { ToastHost } from "./toast-host";
import { ViewerProvider } from "./viewer-provider";

/** Everything that pages stand on: server data, the live stream, URL state, theme, time. */
export function Providers({
  nonce,
  viewer,
  renderedAt,
  children,
}: {
  nonce: string | undefined;
  /** Null on a page that leads in: there is no live stream then. */
  viewer: Viewer | null;
  renderedAt: string;
  children: ReactNode;
}) {
  const [queryClient] = useState(makeQueryClient);
  // The document keeps the policy that it came with, also when its frame is asked for again.
  const [documentNonce] = useState(() => {
    // Where the package that holds the page still behind a dialog looks for it (get-nonce).
    if (typeof window !== "undefined" && nonce) Object.assign(window, { __webpack_nonce__: nonce });
    return nonce;
  });
  return (
    <QueryClientProvider client={queryClient}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariablesResolver}
        defaultColorScheme="auto"
        getStyleNonce={documentNonce ? () => documentNonce : undefined}
      >
        <NuqsAdapter>
          <NowProvider renderedAt={renderedAt}>
            <ViewerProvider viewer={viewer}>
              {viewer ? <LiveProvider>{children}</LiveProvider> : children}
            </ViewerProvider>
          </NowProvider>
        </NuqsAdapter>
        <ToastHost />
      </MantineProvider>
    </QueryClientProvider>
  );
}
