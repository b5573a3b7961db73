"use client";

import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { LiveProvider } from "./live-provider";
import { NowProvider } from "./now-provider";
import { makeQueryClient } from "./query-client";
import { cssVariablesResolver, theme } from "./theme";
import { ToastHost } from "./toast-host";

/** Everything that pages stand on: server data, the live stream, URL state, theme, time. */
export function Providers({
  nonce,
  renderedAt,
  children,
}: {
  nonce: string | undefined;
  renderedAt: string;
  children: ReactNode;
}) {
  const [queryClient] = useState(makeQueryClient);
  return (
    <QueryClientProvider client={queryClient}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariablesResolver}
        defaultColorScheme="auto"
        getStyleNonce={nonce ? () => nonce : undefined}
      >
        <NuqsAdapter>
          <NowProvider renderedAt={renderedAt}>
            <LiveProvider>{children}</LiveProvider>
          </NowProvider>
        </NuqsAdapter>
        <ToastHost />
      </MantineProvider>
    </QueryClientProvider>
  );
}
