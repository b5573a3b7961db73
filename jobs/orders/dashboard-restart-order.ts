import type { JobSettings } from "@/jobs/define-job";
import { dashboardRestart } from "@/jobs/definitions/dashboard-restart";
import { type CommonFacts, commonWarnings, type PreparedOrder, planRun } from "@/jobs/orders/prepared-order";
import type { DashboardState, RestartHistory } from "@/lib/contracts/dashboard";
import type {
  DashboardMode,
  DashboardRestartOrder,
  DashboardRestartPreview,
} from "@/lib/contracts/run-kinds/dashboard-restart";
import type { RunWarning } from "@/lib/contracts/runs";
import { tonightWarning } from "@/lib/dashboard/tonight-warning";
import { AppError, type FieldProblem } from "@/lib/errors";

/** What is known when a restart is ordered. Pure input: gather it with gather-dashboard-restart-facts.ts. */
export type DashboardRestartFacts = CommonFacts & {
  /** The service as a worker last saw it; null when none has. */
  state: DashboardState | null;
  stateAt: string | null;
  usual: Pick<RestartHistory, "typicalSeconds" | "typicalOf">;
};

/**
 * What an order of a restart or a refresh comes to. What stands in its way by the last look is part of the
 * preview and refuses nothing: the worker looks again before it stops anything.
 * @throws AppError `conflict` when no dashboard is configured
 */
export function prepareDashboardRestartOrder(
  order: DashboardRestartOrder,
  settings: JobSettings,
  facts: DashboardRestartFacts,
): PreparedOrder {
  const [params] = order.params;
  if (!params) throw new AppError("invalid-request", "The order holds no restart.");
  const details = settings.dashboard && previewOf(params.mode, settings.dashboard, facts);
  const run = planRun(dashboardRestart, params, settings, { requestCost: 0, warnings: [], details });
  return {
    runs: [run],
    warnings: orderWarnings(order, facts),
    unconfirmed: details?.confirm ? findUnconfirmed(order, details.confirm) : [],
  };
}

function previewOf(
  mode: DashboardMode,
  target: NonNullable<JobSettings["dashboard"]>,
  { state, stateAt, usual }: DashboardRestartFacts,
): DashboardRestartPreview {
  const tasks = mode === "restart" ? (state?.tasks ?? []) : [];
  return {
    kind: "dashboard-restart",
    mode,
    ...target,
    confirm: mode === "restart" ? target.service : null,
    tasks: tasks.map(({ arn, shortId, startedAt }) => ({ arn, shortId, startedAt })),
    observedAt: stateAt,
    refusal: refusalOf(mode, state),
    served: state?.served ?? null,
    ...usual,
  };
}

function refusalOf(mode: DashboardMode, state: DashboardState | null): DashboardRestartPreview["refusal"] {
  if (!state || mode === "restart" || state.refreshAvailable) return state?.refusal ?? null;
  return {
    code: "no-refresh-url",
    message:
      "A refresh takes DASHBOARD_REFRESH_URL and DASHBOARD_HEALTH_URL, which the worker does not have: restart the dashboard instead.",
  };
}

function findUnconfirmed({ confirm }: DashboardRestartOrder, service: string): FieldProblem[] {
  if (confirm === service) return [];
  return [{ path: "confirm", message: `A restart is confirmed by the service's name: type ${service}.` }];
}

function orderWarnings(order: DashboardRestartOrder, facts: DashboardRestartFacts): RunWarning[] {
  const tonight = tonightWarning(facts.now, facts.dailyRun);
  return [
    ...(tonight ? [{ code: "tonight-empties" as const, text: tonight }] : []),
    ...commonWarnings(facts, {
      heldByDailyRun: dashboardRestart.heldByDailyRun,
      overridden: order.overrideDailyRun,
      sharesWhat: "the data may be rebuilt right after",
    }),
  ];
}
