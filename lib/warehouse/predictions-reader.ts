import type { StaleCoverage, WarehouseNotice } from "@/lib/contracts/coverage";
import {
  PREDICTIONS_PER_PAGE,
  type PredictionsPage,
  type PredictionsRequest,
  type PredictionsSummary,
} from "@/lib/contracts/predictions";
import { addDays, easternDate, type GameDate } from "@/lib/game-date";
import type { Logger } from "@/lib/logger";
import { type CheckedPredictions, checkPredictions } from "./check-predictions";
import { composePredictionsSummary } from "./compose-predictions-summary";
import type { SeasonPredictions } from "./compose-season-predictions";
import { createLastKnown, type Read } from "./last-known";
import { measurePredictionsPage, type RowsRequest } from "./measure-predictions-page";
import { measureScoredGames } from "./measure-scored-games";
import { createOutage } from "./outage";
import { createPredictionsViewCache } from "./predictions-view";
import { unpredictedPage } from "./unpredicted-page";
import { WarehouseError } from "./warehouse-error";
import type { WarehousePool } from "./warehouse-pool";

export type PredictionsReaderOptions = {
  pool: WarehousePool;
  now: () => Date;
  /** The current season's expected games by their predictions (lib/warehouse/coverage-reader.ts). */
  currentSeason(): Promise<SeasonPredictions>;
  logger?: Pick<Logger, "warn" | "info">;
};

/** Predictions as the warehouse holds them at this moment; the last known ones while it gives no answer. */
export type PredictionsReader = {
  /**
   * A page of the table.
   * @throws AppError `warehouse-unavailable` when the warehouse gives no answer and never has for this page
   */
  page(request: PredictionsRequest): Promise<PredictionsPage>;
  /** What stands above the table; throws as `page` does. */
  summary(): Promise<PredictionsSummary>;
  /** Says that rows have just changed: who asks from now on gets a reading that begins now or later. */
  invalidate(): void;
};

/** Pages and windows whose last reading is kept. */
const KEPT = 100;
const LONGEST_WINDOW_DAYS = 30;

/** Reads predictions live; those who ask for the same thing meanwhile share one reading. */
export function createPredictionsReader(options: PredictionsReaderOptions): PredictionsReader {
  const { pool, now, currentSeason, logger } = options;
  const views = createPredictionsViewCache(pool, now);
  const outage = createOutage(now, logger);

  const pages = createLastKnown(KEPT, (key: string) =>
    views.withView((view) => measurePredictionsPage(pool, view, JSON.parse(key) as RowsRequest, now())),
  );
  const checks = createLastKnown(1, (_: "all") =>
    views.withView(async (view): Promise<CheckedTable> => {
      const measuredAt = now();
      const { table, problem } = view.tables.predictions;
      return { measuredAt, problem, checked: table && (await checkPredictions(pool, view, table)) };
    }),
  );
  const scored = createLastKnown(KEPT, (key: string) => {
    const [from = "", to = ""] = key.split(" ");
    return views.withView(async (view) => {
      const { table } = view.tables.predictions;
      return table ? measureScoredGames(pool, view, table, { from, to }) : [];
    });
  });

  const noteAndThrow = (error: unknown): never => {
    if (error instanceof WarehouseError) outage.note(error);
    throw error;
  };
  const basis = (measuredAt: Date, stale: StaleCoverage | null, notices: WarehouseNotice[]) => {
    const at = now();
    return {
      now: at.toISOString(),
      today: easternDate(at),
      measuredAt: measuredAt.toISOString(),
      stale,
      notices,
    };
  };

  async function rowsPage(request: RowsRequest): Promise<PredictionsPage> {
    const { value, failure } = await pages.read(JSON.stringify(request)).catch(noteAndThrow);
    return {
      ...basis(value.measuredAt, outage.note(failure), value.notices),
      available: value.available,
      rows: value.rows,
      ...paging(request, value.total),
    };
  }

  async function gamesPage(request: PredictionsRequest): Promise<PredictionsPage> {
    const { games, stale, problem, measuredAt } = await currentSeason();
    const { rows, total } = unpredictedPage(games, request);
    const notices: WarehouseNotice[] = problem ? [{ code: "not-measured", message: problem }] : [];
    return {
      ...basis(measuredAt, stale, notices),
      available: problem === null,
      rows,
      ...paging(request, total),
    };
  }

  async function summary(): Promise<PredictionsSummary> {
    const [season, { value, failure }] = await Promise.all([
      currentSeason(),
      checks.read("all").catch(noteAndThrow),
    ]);
    const today = easternDate(now());
    const window = windowToRead(season, today);
    const games = value.checked ? await readScored(window) : { games: null, problem: null };
    const stale = outage.note(failure) ?? season.stale;
    const notices: WarehouseNotice[] = value.problem
      ? [{ code: "missing-table", message: value.problem }]
      : [];
    return {
      ...basis(value.measuredAt, stale, notices),
      ...composePredictionsSummary({ now: now(), checked: value.checked, season, scored: games.games }),
      resultsProblem: games.problem,
    };
  }

  async function readScored({ from, to }: Window) {
    try {
      const { value, failure }: Read<Awaited<ReturnType<typeof measureScoredGames>>> = await scored.read(
        `${from} ${to}`,
      );
      return { games: value, problem: failure?.message ?? null };
    } catch (error) {
      if (!(error instanceof WarehouseError)) throw error;
      return { games: null, problem: error.message };
    }
  }

  return {
    page: (request) =>
      request.finding === "unpredicted"
        ? gamesPage(request)
        : rowsPage({ ...request, finding: request.finding }),
    summary,
    invalidate() {
      pages.forgetUnderWay();
      checks.forgetUnderWay();
      scored.forgetUnderWay();
    },
  };
}

type CheckedTable = { measuredAt: Date; problem: string | null; checked: CheckedPredictions | null };
type Window = { from: GameDate; to: GameDate };

/** All windows at once: from the season's start, or 30 days ago if that is earlier, up to yesterday. */
function windowToRead({ season }: SeasonPredictions, today: GameDate): Window {
  const month = addDays(today, -LONGEST_WINDOW_DAYS);
  return {
    from: season && season.firstDate < month ? season.firstDate : month,
    to: addDays(today, -1),
  };
}

function paging({ page }: PredictionsRequest, total: number) {
  return { page, total, pages: Math.ceil(total / PREDICTIONS_PER_PAGE) };
}
