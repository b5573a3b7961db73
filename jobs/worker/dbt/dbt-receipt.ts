import type { Evidence } from "@/jobs/worker/run-handler";
import type { BuildAdvice } from "@/lib/contracts/coverage";
import type { DbtParams, DbtReceipt } from "@/lib/contracts/run-kinds/dbt";
import type { DbtMeasurement } from "@/lib/warehouse/measure-dbt";
import type { SilverLag } from "@/lib/warehouse/silver-lags";
import { isTestType } from "./node-status";
import type { WantedNode } from "./track-build";

/** What a build leaves behind beside its exit code. */
export type DbtDetails = {
  wanted: readonly WantedNode[];
  /** Whether dbt came to write its results. */
  hasResults: boolean;
};

export type DbtEvidence = Evidence<DbtParams, DbtMeasurement, DbtDetails> & { timeoutMinutes: number };

/** Which parts of silver a build was to make, and whether dbt says that it did. */
type Part = { wanted: boolean; built: boolean };
type SilverParts = { boxscores: Part; plays: Part };

/** The parts of silver that are measured against bronze, by the model that makes each. */
export function silverParts(wanted: readonly WantedNode[]): SilverParts {
  const part = (relation: string): Part => {
    const node = wanted.find(
      (each) =>
        each.type === "model" &&
        (each.relation ?? each.name) === relation &&
        (each.schema ?? "silver") === "silver",
    );
    return { wanted: node !== undefined, built: node?.status === "success" };
  };
  return { boxscores: part("fact_boxscores"), plays: part("fact_pbp_data") };
}

/** Games behind of a date, in the parts of silver that a build was to make; 0 for a date that is not behind. */
export function gamesBehind(lag: SilverLag | undefined, { boxscores, plays }: SilverParts): number {
  if (lag === undefined) return 0;
  const ofBoxscores = Object.values(lag.boxscores).reduce((sum, games) => sum + games, 0);
  return (boxscores.wanted ? ofBoxscores : 0) + (plays.wanted ? lag.plays : 0);
}

/** What a build changed, from the measurements before and after and dbt's own results. */
export function dbtReceiptOf(evidence: DbtEvidence): DbtReceipt {
  const { before, after, details, explainedBy } = evidence;
  const unmeasured = "unmeasured" in after ? after.unmeasured : null;
  const later = "unmeasured" in after ? null : after;
  const models = details.wanted.filter(({ type }) => !isTestType(type));
  const tests = details.wanted.filter(({ type }) => isTestType(type));
  const stillBehind = new Set(later?.lags.map(({ date }) => date));
  return {
    kind: "dbt",
    before: { measuredAt: before.measuredAt },
    after: later && { measuredAt: later.measuredAt },
    unmeasured,
    mended:
      later === null ? [] : before.lags.map(({ date }) => date).filter((date) => !stillBehind.has(date)),
    leftBehind: leftBehindOf(evidence, later),
    gold: goldOf(models, before, later),
    models: {
      wanted: models.length,
      built: count(models, "success"),
      errored: count(models, "error", "fail"),
      skipped: count(models, "skipped"),
    },
    tests: {
      wanted: tests.length,
      passed: count(tests, "pass", "success"),
      warned: count(tests, "warn"),
      failed: count(tests, "fail", "error"),
      skipped: count(tests, "skipped"),
    },
    unfinished: details.wanted.filter(isUnfinished).map(({ name }) => name),
    mend: mendOf(evidence, later),
    explainedBy,
  };
}

function count(nodes: readonly WantedNode[], ...statuses: WantedNode["status"][]): number {
  return nodes.filter(({ status }) => statuses.includes(status)).length;
}

function isUnfinished({ status }: WantedNode): boolean {
  return status === null || !["success", "pass", "warn"].includes(status);
}

function leftBehindOf(
  { params, before, details }: DbtEvidence,
  later: DbtMeasurement | null,
): DbtReceipt["leftBehind"] {
  const parts = silverParts(details.wanted);
  const earlier = new Set(before.lags.map(({ date }) => date));
  return (later?.lags ?? [])
    .map((lag) => {
      const isNew = !earlier.has(lag.date);
      const wanted = gamesBehind(lag, parts) > 0;
      const cause = causeOf(lag, parts, isNew || params.fullRefresh);
      const why = isStuck(lag, params, parts, isNew)
        ? "This full refresh has not taken it in: look at what the models make of it"
        : lag.build.why;
      return { date: lag.date, cause, text: `${lag.text}. ${why}.`, isNew, wanted };
    })
    .sort((a, b) => Number(b.wanted) - Number(a.wanted) || a.date.localeCompare(b.date));
}

function causeOf(
  lag: SilverLag,
  { boxscores, plays }: SilverParts,
  isNoIncrement: boolean,
): DbtReceipt["leftBehind"][number]["cause"] {
  const { absent, fewer, older, doubled } = lag.boxscores;
  if (doubled > 0) return "doubled";
  const wasPassedOver = (boxscores.built && absent + fewer + older > 0) || (plays.built && lag.plays > 0);
  if (wasPassedOver && !isNoIncrement) return "watermark";
  return older > 0 ? "older" : "absent";
}

/** Rebuilt from all of bronze, and still behind: no build of these models would do better. */
function isStuck(lag: SilverLag, { fullRefresh }: DbtParams, parts: SilverParts, isNew: boolean): boolean {
  const wereRebuilt = Object.values(parts).every(({ wanted, built }) => built || !wanted);
  return fullRefresh && !isNew && wereRebuilt && gamesBehind(lag, parts) > 0;
}

function mendOf({ params, before, details }: DbtEvidence, later: DbtMeasurement | null): BuildAdvice | null {
  const parts = silverParts(details.wanted);
  const earlier = new Set(before.lags.map(({ date }) => date));
  const builds = (later?.lags ?? [])
    .filter((lag) => !isStuck(lag, params, parts, !earlier.has(lag.date)))
    .map(({ build }) => build);
  return builds.find(({ fullRefresh }) => fullRefresh) ?? builds[0] ?? null;
}

/** Gold's base tables among what was wanted; a view is never measured. */
function goldOf(
  models: readonly WantedNode[],
  before: DbtMeasurement,
  later: DbtMeasurement | null,
): DbtReceipt["gold"] {
  const names = new Set(
    models.flatMap(({ schema, relation, name }) =>
      (schema ?? "gold") === "gold" ? [`gold.${relation ?? name}`] : [],
    ),
  );
  const earlier = new Map(before.gold.map((table) => [table.table, table]));
  const last = new Map((later?.gold ?? []).map((table) => [table.table, table]));
  return [...names]
    .filter((name) => earlier.has(name) || last.has(name))
    .sort()
    .map((table) => ({
      table,
      rowsBefore: earlier.get(table)?.rows ?? null,
      rowsAfter: last.get(table)?.rows ?? null,
      isEstimate: (earlier.get(table)?.isEstimate ?? false) || (last.get(table)?.isEstimate ?? false),
      builtBefore: earlier.get(table)?.builtAt ?? null,
      builtAfter: last.get(table)?.builtAt ?? null,
    }));
}
