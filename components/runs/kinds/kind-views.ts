import type { JobKind } from "@/lib/contracts/runs";
import { backfillView } from "./backfill-view";
import { dashboardRestartView } from "./dashboard-restart-view";
import { dbtView } from "./dbt-view";
import type { KindView } from "./kind-view";
import { mlView } from "./ml-view";

/** Every job kind's view, once; a kind without one does not compile. */
export const KIND_VIEWS: Record<JobKind, KindView> = {
  backfill: backfillView,
  dbt: dbtView,
  ml: mlView,
  "dashboard-restart": dashboardRestartView,
};
