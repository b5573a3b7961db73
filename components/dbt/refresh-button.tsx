"use client";

import type { ButtonProps } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { ActButton } from "@/components/shell/act-button";

const BuildDialog = dynamic(() => import("./build-dialog").then((module) => module.BuildDialog), {
  ssr: false,
});

/** A build that somebody is advised to run, and why it is that one. */
export type Refresh = { select: string[]; fullRefresh: boolean; why: string };

type RefreshButtonProps = Pick<ButtonProps, "variant" | "size" | "className"> & {
  "aria-label"?: string;
  refresh: Refresh;
  /** The dialog's title. */
  title: string;
  children: string;
};

/** Opens the dialog that shows what a refresh runs, and orders it. Small: the dialog comes with the click. */
export function RefreshButton({ refresh, title, children, ...button }: RefreshButtonProps) {
  const [opened, setOpened] = useState(false);
  const { select, fullRefresh, why } = refresh;
  return (
    <>
      <ActButton needs="run" {...button} onClick={() => setOpened(true)}>
        {children}
      </ActButton>
      {opened && (
        <BuildDialog
          build={{ select, fullRefresh }}
          title={title}
          why={why}
          onClose={() => setOpened(false)}
        />
      )}
    </>
  );
}
