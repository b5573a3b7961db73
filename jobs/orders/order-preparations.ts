import { setTimeout as sleep } from "node:timers/promises";
import type { JobSettings } from "@/jobs/define-job";
import type { ForeignBuild } from "@/lib/contracts/dbt";
import type { Db } from "@/lib/db";
import { readObservedProject } from "@/lib/dbt/observed-project";
import { readUsualTimes } from "@/lib/dbt/read-usual-times";
import { readBuildOverhead } from "@/lib/dbt-results/read-build-overhead";
import type { UtcWindow } from "@/lib/env";
import type { GameDate } from "@/lib/game-date";
import { findAbsentWorkers } from "@/lib/runs/absent-workers";
import { findRun } from "@/lib/runs/get-run";
import { listWaivers } from "@/lib/waivers/list-waivers";
import type { CoverageReader } from "@/lib/warehouse/coverage-reader";
import { getFeatureFlags } from "@/lib/warehouse/get-feature-flags";
import { measureMl } from "@/lib/warehouse/measure-ml";
import type { WarehousePool } from "@/lib/warehouse/warehouse-pool";
import { createDateFactsReader } from "./backfill-date-facts";
import { prepareBackfillOrder } from "./backfill-order";
import { prepareDashboardRestartOrder } from "./dashboard-restart-order";
import { prepareDbtOrder } from "./dbt-order";
import { gatherBackfillFacts } from "./gather-backfill-facts";
import { gatherDashboardRestartFacts } from "./gather-dashboard-restart-facts";
import { gatherDbtFacts } from "./gather-dbt-facts";
import { gatherMlFacts } from "./gather-ml-facts";
import { prepareMlOrder } from "./ml-order";
import type { OrderPreparations } from "./prepared-order";

/** Where the facts of an order come from. */
export type FactSources = {
  now(): Date;
  dailyRun: UtcWindow | null;
  firstSeasonStart: GameDate;
  coverage: Pick<CoverageReader, "date" | "season">;
  db: Db;
  warehouse: WarehousePool;
  findForeignBuild(): Promise<ForeignBuild | null>;
};

/** How each kind's orders are prepared: its facts are gathered, then its pure preparation decides. */
export function createOrderPreparations(settings: JobSettings, sources: FactSources): OrderPreparations {
  const { now, dailyRun, firstSeasonStart, coverage, db, warehouse } = sources;
  const readDateFacts = createDateFactsReader(coverage.date, () => performance.now());
  return {
    backfill: async (order, purpose) => {
      const facts = await gatherBackfillFacts(order, {
        now: now(),
        dailyRun,
        firstSeasonStart,
        readDate: (date) => readDateFacts(date, purpose),
        readFlags: () => getFeatureFlags(warehouse),
        findAbsentWorkers: () => findAbsentWorkers(db),
      });
      return prepareBackfillOrder(order, settings, facts);
    },
    dbt: async (order) => {
      const facts = await gatherDbtFacts(order, {
        now: now(),
        dailyRun,
        readProject: () => readObservedProject(db),
        readUsualTimes: () => readUsualTimes(db),
        readOverhead: () => readBuildOverhead(db),
        findForeignBuild: sources.findForeignBuild,
        season: () => coverage.season(null),
        findRun: (id) => findRun({ db }, id),
        findAbsentWorkers: () => findAbsentWorkers(db),
      });
      return prepareDbtOrder(order, settings, facts);
    },
    ml: async (order) => {
      const facts = await gatherMlFacts(order, {
        now: now(),
        dailyRun,
        measure: (date) =>
          measureMl({ pool: warehouse, date, listWaivers: () => listWaivers(db), now, sleep, deadlineMs: 0 }),
        findAbsentWorkers: () => findAbsentWorkers(db),
      });
      return prepareMlOrder(order, settings, facts);
    },
    "dashboard-restart": async (order) =>
      prepareDashboardRestartOrder(
        order,
        settings,
        await gatherDashboardRestartFacts(db, { now: now(), dailyRun }),
      ),
  };
}
