"use client";

import { ActionIcon } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconCopy } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { rawLogUrl } from "@/lib/queries/run-queries";
import { plainText } from "./ansi-spans";
import classes from "./log-toolbar.module.css";

/** Copies the whole log as text: all of it, whatever part of it the page holds at the moment. */
export function LogCopy({ runId }: { runId: string }) {
  const copy = useMutation({ mutationFn: () => copyLog(runId) });
  const label = copy.isError
    ? "It could not be copied; Raw log has it"
    : copy.isSuccess
      ? "Copied"
      : "Copy the whole log";
  const Icon = copy.isError ? IconAlertTriangle : copy.isSuccess ? IconCheck : IconCopy;
  return (
    <ActionIcon
      variant="default"
      color="gray"
      size={26}
      className={classes.framed}
      aria-label={label}
      title={label}
      loading={copy.isPending}
      onClick={() => copy.mutate()}
    >
      <Icon size={14} aria-hidden />
    </ActionIcon>
  );
}

async function copyLog(runId: string): Promise<void> {
  const response = await fetch(rawLogUrl(runId));
  if (!response.ok) throw new Error(`The log's file answered ${response.status}.`);
  const text = await response.text();
  await navigator.clipboard.writeText(text.split("\n").map(plainText).join("\n"));
}
