import type { z } from "zod";
import type { JobKind } from "@/lib/contracts/runs";
import type { GameDate } from "@/lib/game-date";

/** A program of the pipeline: its command as an argument array, and the checkout in which it runs. */
export type ProgramSettings = { command: string[]; cwd: string };

/**
 * What a plan needs to know of the configuration; the same in web and worker, and never a secret. What is
 * not configured is null: its kind can then not be ordered.
 */
export type JobSettings = {
  ingestion: ProgramSettings;
  dbt: (ProgramSettings & { target: string }) | null;
  ml: ProgramSettings | null;
  dashboard: { region: string; cluster: string; service: string } | null;
};

/** What will be executed, exactly: an argument array, never a shell's text, and where. */
export type Plan = { executor: "process" | "ecs-service"; argv: string[]; cwd: string };

export type JobDefinition<Kind extends JobKind, Params> = {
  kind: Kind;
  label: string;
  description: string;
  params: z.ZodType<Params>;
  example: Params;
  /** Whether the scheduled daily run's window holds it back. */
  heldByDailyRun: boolean;
  /** How a run of it is called everywhere. */
  title(params: Params): string;
  gameDate(params: Params): GameDate | null;
  /** Runs with the same key never overlap. */
  lockKey(params: Params): string;
  /** At most one run on its way for each key: ordering it again gives that one. */
  targetKey(params: Params): string;
  /** Pure: the same parameters and settings give the same plan. Null when its program is not configured. */
  plan(params: Params, settings: JobSettings): Plan | null;
};

/** Declares a job kind; the registry collects them. Safe to import in the browser. */
export function defineJob<Kind extends JobKind, Params>(
  definition: JobDefinition<Kind, Params>,
): JobDefinition<Kind, Params> {
  return definition;
}
