"use client";

import { Button, type ButtonProps } from "@mantine/core";
import type { ComponentPropsWithoutRef } from "react";
import type { Permission } from "@/lib/contracts/roles";
import { refusedAttributes, useRefusal } from "./refusal";

type ActButtonProps = ButtonProps &
  Omit<ComponentPropsWithoutRef<"button">, keyof ButtonProps> & { needs: Permission };

/** A button for what not everybody may do: to others it stays in its place, and says whom it needs. */
export function ActButton({ needs, ...button }: ActButtonProps) {
  const refusal = useRefusal(needs);
  return <Button {...button} {...(refusal !== null && refusedAttributes(refusal))} />;
}
