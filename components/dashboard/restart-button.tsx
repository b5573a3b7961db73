"use client";

import type { ButtonProps } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { ActButton } from "@/components/shell/act-button";
import type { DashboardMode } from "@/lib/contracts/run-kinds/dashboard-restart";

const RestartDialog = dynamic(() => import("./restart-dialog").then((module) => module.RestartDialog), {
  ssr: false,
});

type RestartButtonProps = Pick<ButtonProps, "variant" | "size" | "className"> & {
  mode: DashboardMode;
  children: string;
};

/** Opens the dialog that says what a restart stops, and orders it. Small: the dialog comes with the click. */
export function RestartButton({ mode, children, ...button }: RestartButtonProps) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <ActButton needs="run" {...button} onClick={() => setOpened(true)}>
        {children}
      </ActButton>
      {opened && <RestartDialog mode={mode} onClose={() => setOpened(false)} />}
    </>
  );
}
