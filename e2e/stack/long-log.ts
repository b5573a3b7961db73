import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, type Locator, type Page } from "@playwright/test";
import { logSearchSchema } from "@/lib/contracts/log";
import { requireTestService } from "@/lib/testing/throwaway-database";
import { type ConsoleApi, hasEnded } from "./console-api";
import type { IngestionProgram } from "./program-environment";
import { logOf } from "./run-page";

const PROGRAM = fileURLToPath(new URL("long-log/write_log.py", import.meta.url));
/** 100,000 lines are written, stored and measured within seconds, on a busy machine within many. */
const WRITTEN_MS = 90_000;

/** A program that writes 100,000 lines, in a folder of its own, and goes on for as long as it is held. */
export function longLogProgram() {
  const folder = mkdtempSync(join(tmpdir(), "backcourt-long-log-"));
  const file = join(folder, "hold");
  const ingestion: IngestionProgram = {
    command: [requireTestService("BACKCOURT_TEST_PYTHON"), PROGRAM],
    cwd: folder,
  };
  return {
    ingestion,
    hold: () => writeFileSync(file, ""),
    letGo: () => rmSync(file, { force: true }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Orders a run of it and waits until it has written its log, or, where it is held, the bulk of it. */
export async function writeLongLog(api: ConsoleApi, date: string, { held = false } = {}): Promise<string> {
  const [run] = await api.order([date]);
  const id = run?.id ?? "";
  await api.runOnce(id, (known) => (held ? known.log.lines > 100_000 : hasEnded(known)), WRITTEN_MS);
  return id;
}

/** The seqs of the lines that hold a text. */
export async function seqsOf(api: ConsoleApi, id: string, text: string): Promise<number[]> {
  const answer = await api.send(`/api/runs/${id}/lines/search?q=${encodeURIComponent(text)}`);
  return logSearchSchema.parse(await answer.json()).seqs;
}

/** A line of the log by its number, as far as it is drawn. */
export function lineOf(page: Page, seq: number): Locator {
  return logOf(page).locator(`[data-seq="${seq}"]`);
}

/** The numbers of the lines that are wholly in view, in their order. */
export function linesInView(page: Page): Promise<number[]> {
  return logOf(page).evaluate((view) => {
    const { top, bottom } = view.getBoundingClientRect();
    return [...view.querySelectorAll<HTMLElement>("[data-seq]")]
      .filter((row) => {
        const box = row.getBoundingClientRect();
        return box.top >= top - 1 && box.bottom <= bottom + 1;
      })
      .map((row) => Number(row.dataset.seq));
  });
}

/** Waits until a line is in view, and read. */
export async function expectLine(page: Page, seq: number, text: string | RegExp): Promise<void> {
  await expect(lineOf(page, seq)).toContainText(text);
  await expect(lineOf(page, seq)).toBeInViewport();
}
