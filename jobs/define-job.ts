import type { z } from "zod";
import type { JobKind } from "@/lib/contracts/runs";
import type { GameDate } from "@/lib/game-date";

/** What a plan needs to know of the configuration; the same in web and worker, and never a secret. */
export type JobSettings = {
  ingestion: { command: string[]; cwd: string };
};

/** What will be executed, exactly: an argument array, never a shell's text. */
export type ProcessPlan = { executor: "process"; argv: string[]; cwd: string };

export type JobDefinition<Kind extends JobKind, Params> = {
  kind: Kind;
  label: string;
  description: string;
  params: z.ZodType<Params>;
  example: Params;
  /** How a run of it is called everywhere. */
  title(params: Params): string;
  gameDate(params: Params): GameDate | null;
  /** Runs with the same key never overlap. */
  lockKey(params: Params): string;
  /** At most one run on its way for each key: ordering it again gives that one. */
  targetKey(params: Params): string;
  /** Pure: the same parameters and settings give the same plan. */
  plan(params: Params, settings: JobSettings): ProcessPlan;
};

/** Declares a job kind; the registry collects them. Safe to import in the browser. */
export function defineJob<Kind extends JobKind, Params>(
  definition: JobDefinition<Kind, Params>,
): JobDefinition<Kind, Params> {
  return definition;
}
