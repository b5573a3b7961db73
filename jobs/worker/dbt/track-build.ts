import type { DbtNode, DbtUsualTimes } from "@/lib/contracts/dbt";
import type { DbtProgress } from "@/lib/contracts/run-kinds/dbt";
import { type DbtGraph, reach } from "@/lib/dbt/dbt-graph";
import { usualSecondsOf } from "@/lib/dbt/usual-seconds";
import { estimateBuild } from "@/lib/dbt-results/estimate-build";
import type { NodeResult } from "@/lib/dbt-results/store-node-results";
import type { Redact } from "@/lib/logs/redact";
import { cleanMessage, rowsOfMessage } from "./clean-message";
import { isTestType, nameOf, typeOf } from "./node-status";
import type { LogEvent } from "./read-log-event";
import type { RunResult } from "./read-run-results";

/** What a build is going to run, by the manifest that dbt itself has just made, in its order. */
export type BuildPlan = {
  graph: DbtGraph;
  nodes: readonly DbtNode[];
  usualTimes: Record<string, DbtUsualTimes>;
};

/** A node that the build was to run, and what became of it; null when it was never come to. */
export type WantedNode = {
  uniqueId: string;
  name: string;
  type: string;
  /** Null where the manifest could not be read. */
  schema: string | null;
  relation: string | null;
  materialized: string | null;
  status: NodeResult["status"] | null;
};

type Tracked = NodeResult & { changed: boolean };
const FAILED: ReadonlySet<string> = new Set(["fail", "error"]);
const NO_NODES: readonly DbtNode[] = [];

/** A build as dbt's events and results tell it, node by node. */
export class BuildTracker {
  private readonly tracked = new Map<string, Tracked>();
  private plan: BuildPlan | null = null;
  private threads = 1;
  private cutOffAt: number | null = null;

  constructor(private readonly options: { fullRefresh: boolean; redact: Redact }) {}

  /** The nodes begin; without a plan nothing is known but what comes. */
  begin(threads: number, plan: BuildPlan | null): void {
    this.threads = threads;
    this.plan = plan;
  }

  /** dbt is being ended from now on: what fails by that has not failed by itself. */
  cutOff(now: Date): void {
    this.cutOffAt ??= now.getTime();
  }

  apply(event: Extract<LogEvent, { kind: "node" }>): void {
    const { uniqueId, at, seconds, message, failures } = event;
    const known = this.tracked.get(uniqueId);
    const status = this.wasCutOff(event.status, Date.parse(at)) ? "cancelled" : event.status;
    const startedAt = known?.startedAt ?? (status === "running" ? at : startOf(at, seconds));
    this.put(uniqueId, {
      status,
      startedAt: status === "skipped" ? null : startedAt,
      seconds,
      rows: isTestType(typeOf(uniqueId)) ? failures : rowsOfMessage(message),
      message: null,
      compiledSql: null,
    });
  }

  /** dbt has ended: its results, where it wrote any, have the last word; what still ran was cut off. */
  finish(results: readonly RunResult[] | null): void {
    for (const { uniqueId, status, startedAt, seconds, rows, message, compiledSql } of results ?? []) {
      const known = this.tracked.get(uniqueId);
      if (known?.status === "cancelled") continue;
      const isWorthKeeping = FAILED.has(status) || status === "warn";
      this.put(uniqueId, {
        status,
        startedAt: startedAt ?? known?.startedAt ?? null,
        seconds,
        rows,
        message: status === "success" || status === "pass" ? null : this.redacted(cleanMessage(message)),
        compiledSql: isWorthKeeping ? this.redacted(compiledSql) : null,
      });
    }
    for (const node of this.tracked.values()) {
      if (node.status === "running") this.put(node.uniqueId, { ...node, status: "cancelled" });
      if (node.status === "skipped" && node.message === null)
        this.put(node.uniqueId, { ...node, message: this.whySkipped(node.uniqueId) });
    }
  }

  /** What has changed since it was asked last. */
  takeChanged(): NodeResult[] {
    const changed = [...this.tracked.values()].filter((node) => node.changed);
    for (const node of changed) node.changed = false;
    return changed.map(({ changed: _, ...node }) => node);
  }

  /** These have not been stored after all. */
  giveBack(nodes: readonly NodeResult[]): void {
    for (const { uniqueId } of nodes) {
      const node = this.tracked.get(uniqueId);
      if (node) node.changed = true;
    }
  }

  progress(now: Date): DbtProgress {
    const nodes = [...this.tracked.values()];
    const count = (...statuses: NodeResult["status"][]) =>
      nodes.filter(({ status }) => statuses.includes(status)).length;
    const running = nodes.filter(({ status }) => status === "running");
    return {
      kind: "dbt",
      total: Math.max(this.plan?.nodes.length ?? 0, nodes.length),
      done: nodes.length - running.length,
      passed: count("success", "pass"),
      warned: count("warn"),
      failed: count("fail", "error"),
      skipped: count("skipped", "cancelled"),
      running: running.map(({ name, type, startedAt }) => ({
        name,
        type,
        startedAt: startedAt ?? now.toISOString(),
      })),
      remainingSeconds: this.remainingSeconds(now),
    };
  }

  /**
   * What the build was to run. When it ran to its end (`isComplete`) dbt's own results say so, what it skipped
   * included; else the plan knows also what was never come to.
   */
  wanted(isComplete: boolean): WantedNode[] {
    const planned = this.plan?.nodes ?? NO_NODES;
    const ids = [
      ...(isComplete ? [] : planned.map(({ uniqueId }) => uniqueId)),
      ...[...this.tracked.values()].sort((a, b) => a.position - b.position).map(({ uniqueId }) => uniqueId),
    ];
    return [...new Set(ids)].map((uniqueId) => {
      const node = this.plan?.graph.nodes.get(uniqueId);
      return {
        uniqueId,
        name: node?.name ?? nameOf(uniqueId),
        type: typeOf(uniqueId),
        schema: node?.schema ?? null,
        relation: node?.relation ?? null,
        materialized: node?.materialized ?? null,
        status: this.tracked.get(uniqueId)?.status ?? null,
      };
    });
  }

  private put(
    uniqueId: string,
    state: Pick<NodeResult, "status" | "startedAt" | "seconds" | "rows" | "message" | "compiledSql">,
  ): void {
    this.tracked.set(uniqueId, {
      uniqueId,
      name: this.plan?.graph.nodes.get(uniqueId)?.name ?? nameOf(uniqueId),
      type: typeOf(uniqueId),
      position: this.tracked.get(uniqueId)?.position ?? this.tracked.size,
      status: state.status,
      startedAt: state.startedAt,
      seconds: state.seconds,
      rows: state.rows,
      message: state.message,
      compiledSql: state.compiledSql,
      changed: true,
    });
  }

  private wasCutOff(status: NodeResult["status"], endedAt: number): boolean {
    return FAILED.has(status) && this.cutOffAt !== null && endedAt >= this.cutOffAt;
  }

  private remainingSeconds(now: Date): number | null {
    if (this.plan === null) return null;
    const { graph, nodes, usualTimes } = this.plan;
    return estimateBuild({
      graph,
      threads: this.threads,
      nodes: nodes.filter(({ uniqueId }) => {
        const status = this.tracked.get(uniqueId)?.status;
        return status === undefined || status === "running";
      }),
      secondsOf: (node) => {
        const usual = usualSecondsOf(node, usualTimes[node.uniqueId], this.options.fullRefresh);
        const startedAt = this.tracked.get(node.uniqueId)?.startedAt;
        if (usual === null || !startedAt) return usual;
        return Math.max(0, usual - (now.getTime() - Date.parse(startedAt)) / 1_000);
      },
    }).seconds;
  }

  /** The first that failed of what is before it; dbt itself says this only in passing. */
  private whySkipped(uniqueId: string): string | null {
    const graph = this.plan?.graph;
    if (!graph) return null;
    const before = reach([uniqueId], graph.parents, null);
    const culprit = [...this.tracked.values()]
      .sort((a, b) => a.position - b.position)
      .find(
        (node) =>
          FAILED.has(node.status) &&
          (before.has(node.uniqueId) ||
            (isTestType(node.type) &&
              graph.parents.get(node.uniqueId)?.some((tested) => before.has(tested)))),
      );
    return culprit ? `Skipped because ${culprit.name} failed.` : null;
  }

  private redacted(text: string | null): string | null {
    return text === null ? null : this.options.redact(text);
  }
}

function startOf(endedAt: string, seconds: number | null): string | null {
  return seconds === null ? null : new Date(Date.parse(endedAt) - seconds * 1_000).toISOString();
}
