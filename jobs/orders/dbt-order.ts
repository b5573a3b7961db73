import type { JobSettings } from "@/jobs/define-job";
import { dbt } from "@/jobs/definitions/dbt";
import { type CommonFacts, commonWarnings, type PreparedOrder, planRun } from "@/jobs/orders/prepared-order";
import type { BuildAdvice } from "@/lib/contracts/coverage";
import type { DbtNode, DbtProject, DbtUsualTimes, ForeignBuild } from "@/lib/contracts/dbt";
import type { DbtOrder, DbtParams, DbtPreview } from "@/lib/contracts/run-kinds/dbt";
import type { RunWarning } from "@/lib/contracts/runs";
import { createDbtGraph, type DbtGraph } from "@/lib/dbt/dbt-graph";
import { orderNodes } from "@/lib/dbt/order-nodes";
import { type DbtSelection, selectNodes } from "@/lib/dbt/select-nodes";
import { usualSecondsOf } from "@/lib/dbt/usual-seconds";
import { estimateBuild } from "@/lib/dbt-results/estimate-build";
import { AppError, type FieldProblem, isAppError } from "@/lib/errors";
import { type GameDate, shortLabel } from "@/lib/game-date";

/** A date whose silver is behind bronze, and the build that would take it in. */
export type BehindDate = { date: GameDate; build: BuildAdvice };

/** What is known of the world when a build is ordered. Pure input: gather it with gather-dbt-facts.ts. */
export type DbtFacts = CommonFacts & {
  /** The project as a worker last saw it; null while there is none, `projectProblem` then says why. */
  project: DbtProject | null;
  projectProblem: string | null;
  foreignBuild: ForeignBuild | null;
  usualTimes: Record<string, DbtUsualTimes>;
  /** Seconds beside the nodes' own; null without earlier builds. */
  overheadSeconds: number | null;
  behind: readonly BehindDate[];
  /** Why `behind` is not known, if it is not. */
  behindProblem: string | null;
  /** What the run to be run again left unfinished; null when the order is no such. */
  retried: { unfinished: readonly string[]; fullRefresh: boolean } | null;
};

/**
 * What an order of a build comes to.
 * @throws AppError `invalid-request` for what cannot be selected, `conflict` while there is no project to select
 * from; nothing is then ordered.
 */
export function prepareDbtOrder(order: DbtOrder, settings: JobSettings, facts: DbtFacts): PreparedOrder {
  const [given] = order.params;
  if (!given) throw new AppError("invalid-request", "The order holds no build.");
  const { project } = facts;
  if (settings.dbt === null) return { runs: [planRun(dbt, given, settings, NO_COST)], warnings: [] };
  if (project === null)
    throw new AppError("conflict", facts.projectProblem ?? "No worker has looked at the dbt project yet.");
  const graph = createDbtGraph(project);
  const params = facts.retried
    ? retryParams(given, facts.retried, graph)
    : { ...given, select: [...new Set(given.select)] };
  const everything = params.select.length === 0;
  if (everything) refuseDefaultSelector(project);
  const selection = select(graph, params.select);
  const nodes = orderNodes(graph, selection);
  const confirm = everything && params.fullRefresh ? project.projectName : null;
  const details = previewOf(nodes, { graph, everything, confirm, fullRefresh: params.fullRefresh, facts });
  const warnings = effectWarnings(params, selection, graph, facts);
  return {
    runs: [planRun(dbt, params, settings, { ...NO_COST, warnings, details })],
    warnings: orderWarnings(order, facts),
    unconfirmed: confirm === null ? [] : findUnconfirmed(order, confirm),
  };
}

/** As many selections as an order may hold. */
const MAX_RETRIED = 300;

/** The source is not asked: a build reads bronze. */
const NO_COST = { requestCost: 0, warnings: [], details: null };

/**
 * What failed or was skipped, as a selection. The tests of a model come along with it: naming them too would
 * only make the command longer.
 */
function retryParams(
  given: DbtParams,
  { unfinished, fullRefresh }: NonNullable<DbtFacts["retried"]>,
  graph: DbtGraph,
): DbtParams {
  const named = new Set(unfinished);
  const nodes = [...graph.nodes.values()].filter(({ name, selectable }) => selectable && named.has(name));
  const built = new Set(nodes.filter((node) => !isTest(node)).map(({ uniqueId }) => uniqueId));
  const needed = nodes.filter((node) => !isTest(node) || !node.dependsOn.some((id) => built.has(id)));
  if (needed.length === 0)
    throw new AppError(
      "conflict",
      "Nothing that this run left unfinished is in the dbt project any more. Choose models on the dbt page.",
    );
  if (needed.length > MAX_RETRIED)
    throw new AppError(
      "conflict",
      `This run left ${needed.length} models and tests unfinished: build the whole selection again.`,
    );
  return { ...given, select: needed.map(({ name }) => name).sort(), fullRefresh };
}

/** dbt then builds what that selector says, which is not everything. */
function refuseDefaultSelector(project: DbtProject | null): void {
  if (!project?.defaultSelector) return;
  throw new AppError(
    "conflict",
    `The project's selectors.yml names ${project.defaultSelector} as the default: without a selection dbt builds that, not everything. Choose models, or take the default out of selectors.yml.`,
  );
}

function select(graph: DbtGraph, selectors: readonly string[]): DbtSelection {
  try {
    const selection = selectNodes(graph, selectors);
    if (selection.runs.size > 0) return selection;
  } catch (error) {
    if (!isAppError(error)) throw error;
    const fields = error.fields.map(({ path, message }) => ({ path: `params.0.select.${path}`, message }));
    throw new AppError(error.code, error.message, { cause: error, fields });
  }
  const message = "The selection holds nothing that dbt builds or tests. Choose at least one model.";
  throw new AppError("invalid-request", message, { fields: [{ path: "params.0.select", message }] });
}

function previewOf(
  nodes: readonly DbtNode[],
  given: {
    graph: DbtGraph;
    everything: boolean;
    confirm: string | null;
    fullRefresh: boolean;
    facts: Pick<DbtFacts, "usualTimes" | "overheadSeconds">;
  },
): DbtPreview {
  const { graph, everything, confirm, fullRefresh, facts } = given;
  const estimate = estimateBuild({
    graph,
    nodes,
    secondsOf: (node) => usualSecondsOf(node, facts.usualTimes[node.uniqueId], fullRefresh),
    threads: USUAL_THREADS,
  });
  return {
    kind: "dbt",
    nodes: nodes.map(({ uniqueId, name, type, layer }) => ({ uniqueId, name, type, layer })),
    models: nodes.filter((node) => !isTest(node)).length,
    tests: nodes.filter(isTest).length,
    everything,
    estimateSeconds: estimate.seconds === null ? null : estimate.seconds + (facts.overheadSeconds ?? 0),
    estimatedFrom: estimate.known,
    confirm,
  };
}

/** What dbt's own starter profile has; the profile itself is known to workers only. */
const USUAL_THREADS = 4;

function findUnconfirmed({ confirm, reason }: DbtOrder, name: string): FieldProblem[] {
  return [
    ...(confirm === name
      ? []
      : [
          {
            path: "confirm",
            message: `A full refresh of everything is confirmed by the project's name: type ${name}.`,
          },
        ]),
    ...(reason ? [] : [{ path: "reason", message: "A full refresh of everything needs a reason." }]),
  ];
}

const INCREMENTAL_FACTS = new Set(["fact_boxscores", "fact_pbp_data"]);
const DATES_NAMED = 5;

/** Dates that the incremental models will not take in, or will double. */
function effectWarnings(
  { fullRefresh }: DbtParams,
  { runs }: DbtSelection,
  graph: DbtGraph,
  { behind }: DbtFacts,
): RunWarning[] {
  const takesFacts = [...runs].some((id) => {
    const { schema, relation } = graph.nodes.get(id) ?? {};
    return schema === "silver" && INCREMENTAL_FACTS.has(relation ?? "");
  });
  if (fullRefresh || !takesFacts) return [];
  const left = behind.filter(({ build }) => build.fullRefresh && !build.forAnother);
  if (left.length === 0) return [];
  const named = left
    .slice(0, DATES_NAMED)
    .map(({ date, build }) => `${shortLabel(date)} (${reasonOf(build)})`);
  const rest = left.length > DATES_NAMED ? ` and ${left.length - DATES_NAMED} more` : "";
  const count = left.length === 1 ? "1 date" : `${left.length} dates`;
  return [
    {
      code: "no-effect-expected",
      text: `Without a full refresh this leaves ${count} behind: ${named.join(", ")}${rest}. The same selection with a full refresh takes ${left.length === 1 ? "it" : "them"} in.`,
    },
  ];
}

/** What follows the colon of `It takes a full refresh: ...`. */
function reasonOf({ why }: BuildAdvice): string {
  return why.slice(why.indexOf(": ") + 2);
}

function orderWarnings(order: DbtOrder, facts: DbtFacts): RunWarning[] {
  const warnings = commonWarnings(facts, {
    heldByDailyRun: dbt.heldByDailyRun,
    overridden: order.overrideDailyRun,
    sharesWhat: "both builds write the same tables, and each may break the other",
  });
  if (facts.foreignBuild)
    warnings.push({ code: "foreign-build", text: foreignText(facts.foreignBuild, order.overrideDailyRun) });
  if (facts.projectProblem)
    warnings.push({
      code: "project-outdated",
      text: `The dbt project may have changed since this preview was made of it. ${facts.projectProblem}`,
    });
  if (facts.behindProblem)
    warnings.push({
      code: "warehouse-stale",
      text: `The warehouse cannot be measured now (${facts.behindProblem}); the run will need it to start.`,
    });
  return warnings;
}

function foreignText({ sessions, users, since }: ForeignBuild, overridden: boolean): string {
  const who = `${sessions} ${sessions === 1 ? "session" : "sessions"}${users.length > 0 ? ` of ${users.join(", ")}` : ""}`;
  const when = since ? `, since ${since.slice(11, 16)} UTC` : "";
  const what = `Another dbt build is at work in the warehouse (${who}${when})`;
  return overridden
    ? `${what}: both write the same tables, and each may break the other.`
    : `${what}: this waits until it has ended.`;
}

function isTest({ type }: DbtNode): boolean {
  return type === "test" || type === "unit_test";
}
