import { defineJob } from "@/jobs/define-job";
import { type DbtParams, dbtParamsSchema } from "@/lib/contracts/run-kinds/dbt";

/** Builds a selection of the dbt project's models with their tests, or all of it. */
export const dbt = defineJob<"dbt", DbtParams>({
  kind: "dbt",
  label: "dbt build",
  description: "Builds the chosen models, and the tests of them, from bronze into silver and gold.",
  params: dbtParamsSchema,
  example: { select: ["fact_boxscores+", "fact_pbp_data+"], fullRefresh: false },
  heldByDailyRun: true,
  title: ({ select, fullRefresh, retryOf }) => {
    const what = fullRefresh ? "dbt full refresh of" : "dbt build of";
    if (retryOf !== undefined) return `${what} ${select.length} unfinished models and tests`;
    return `${what} ${select.length === 0 ? "everything" : shortList(select)}`;
  },
  gameDate: () => null,
  // Two builds at once clobber each other's temporary tables.
  lockKey: () => "dbt",
  targetKey: ({ select, fullRefresh }) =>
    `dbt:${fullRefresh ? "rebuilt" : "usual"}:${[...new Set(select)].sort().join(" ")}`,
  plan: ({ select, fullRefresh }, { dbt }) =>
    dbt && {
      executor: "process",
      argv: [
        ...dbt.command,
        "build",
        ...(select.length > 0 ? ["--select", ...select] : []),
        ...(fullRefresh ? ["--full-refresh"] : []),
        // Last, so that nothing before it can set another one.
        "--target",
        dbt.target,
      ],
      cwd: dbt.cwd,
    },
});

const SHOWN = 3;

function shortList(select: readonly string[]): string {
  if (select.length <= SHOWN) return select.join(" ");
  return `${select.slice(0, SHOWN - 1).join(" ")} and ${select.length - SHOWN + 1} more`;
}
