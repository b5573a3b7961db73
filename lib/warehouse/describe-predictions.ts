import type { Team, WarehouseNotice } from "@/lib/contracts/coverage";
import type { PredictionRow } from "@/lib/contracts/predictions";
import { addDays, type GameDate } from "@/lib/game-date";
import { judgePrediction } from "@/lib/predictions/judge-prediction";
import { tipOffMoment } from "@/lib/predictions/tip-off";
import { readDate } from "./date-column";
import type { PredictionsView } from "./predictions-view";
import { type GameResults, readGameResults } from "./read-game-results";
import type { StoredPrediction } from "./read-prediction-rows";
import type { DateRange } from "./read-schedule";
import { readScheduledTipOffs, type ScheduledTipOff } from "./read-scheduled-tip-offs";
import type { TeamDirectory } from "./team-directory";
import { WarehouseError } from "./warehouse-error";
import type { WarehousePool } from "./warehouse-pool";

export type DescribedPredictions = { rows: PredictionRow[]; notices: WarehouseNotice[] };

/** A row of the table whose date and teams have been understood as far as they can be. */
type NamedPrediction = { stored: StoredPrediction; date: GameDate | null; away: Team; home: Team };

/**
 * Joins to each prediction what an operator reads beside it: tip-off, result, the market's opinion. The schedule and
 * the box scores may be missing or locked: the rows are then shown without, and a notice says so.
 * @throws WarehouseError when the warehouse is down
 */
export async function describePredictions(
  pool: WarehousePool,
  view: PredictionsView,
  stored: readonly StoredPrediction[],
): Promise<DescribedPredictions> {
  const named = stored.map((row) => nameTeams(row, view.teams));
  const dates = [...new Set(named.flatMap(({ date }) => date ?? []))].sort();
  const [tipOffs, results] = await Promise.all([
    attempt("Tip-off times are not shown", () => readTipOffs(pool, view, dates)),
    attempt("Results are not shown", () => readResults(pool, view, named, dates)),
  ]);
  const find = indexTipOffs(tipOffs.value ?? [], view.teams);
  const seen = new Map<string, number>();
  const rows = named.map((row) => rowOf(row, find, results.value ?? (() => null), seen));
  const notices = [tipOffs.notice, results.notice, unknownTeams(stored, view.teams)];
  return { rows, notices: notices.filter((notice) => notice !== null) };
}

function nameTeams(stored: StoredPrediction, teams: TeamDirectory): NamedPrediction {
  const teamOf = (name: string | null): Team =>
    name === null
      ? { acronym: "?", name: "no name", color: null }
      : // The name as the table has it: the directory may know the team by another.
        { ...teams.teamOf(teams.acronymOf(name)), name };
  return { stored, date: readDate(stored.day), away: teamOf(stored.away), home: teamOf(stored.home) };
}

function rowOf(
  { stored, date, away, home }: NamedPrediction,
  findTipOff: TipOffFinder,
  findResult: GameResults,
  seen: Map<string, number>,
): PredictionRow {
  const game = date === null ? null : { date, away: away.acronym, home: home.acronym };
  const scheduled = game && findTipOff(game);
  const at = game && scheduled ? tipOffMoment(game.date, scheduled.tipOff) : null;
  const result = game && findResult(game);
  const { homeWin, awayWin, homeMoneyline, awayMoneyline, firstWrittenAt } = stored;
  const odds = { homeWin, awayWin, homeMoneyline, awayMoneyline };
  return {
    key: uniqueKey(`${stored.text ?? "no date"} ${away.name}@${home.name}`, seen),
    date,
    dateText: date === null ? stored.text : null,
    tipOff: scheduled && { eastern: scheduled.tipOff, at: at?.toISOString() ?? null },
    away,
    home,
    state: "predicted",
    ...odds,
    result,
    firstWrittenAt: firstWrittenAt === null ? null : new Date(firstWrittenAt).toISOString(),
    ...judgePrediction({
      ...odds,
      firstWrittenAt,
      hasDate: date !== null,
      tipOffAt: at?.getTime() ?? null,
      winner: result?.winner ?? null,
    }),
  };
}

function uniqueKey(key: string, seen: Map<string, number>): string {
  const times = (seen.get(key) ?? 0) + 1;
  seen.set(key, times);
  return times === 1 ? key : `${key} #${times}`;
}

async function readTipOffs(
  pool: WarehousePool,
  { shape }: PredictionsView,
  dates: readonly GameDate[],
): Promise<ScheduledTipOff[]> {
  const range = rangeOf(dates);
  const { schedule } = shape.sources;
  return range && schedule ? readScheduledTipOffs(pool, schedule, range, dates) : [];
}

async function readResults(
  pool: WarehousePool,
  { shape, tables }: PredictionsView,
  named: readonly NamedPrediction[],
  dates: readonly GameDate[],
): Promise<GameResults> {
  const range = rangeOf(dates);
  const { boxscores } = shape.sources;
  if (!range || !boxscores) return () => null;
  const teams = [...new Set(named.flatMap(({ away, home }) => [away.acronym, home.acronym]))];
  return readGameResults(pool, boxscores, {
    range,
    only: { dates, teams },
    hasOutcome: tables.hasOutcomes,
  });
}

function rangeOf(dates: readonly GameDate[]): DateRange | null {
  const [first, last] = [dates[0], dates.at(-1)];
  return first && last ? { from: first, to: addDays(last, 1) } : null;
}

type TipOffFinder = (game: { date: GameDate; away: string; home: string }) => ScheduledTipOff | null;

function indexTipOffs(tipOffs: readonly ScheduledTipOff[], teams: TeamDirectory): TipOffFinder {
  const byGame = new Map(
    tipOffs.map((game) => [`${game.date} ${teams.acronymOf(game.away)}@${teams.acronymOf(game.home)}`, game]),
  );
  return ({ date, away, home }) => byGame.get(`${date} ${away}@${home}`) ?? null;
}

/** A warehouse that is down gives no answer at all; anything less leaves the rest to be shown. */
async function attempt<Value>(
  without: string,
  read: () => Promise<Value>,
): Promise<{ value: Value | null; notice: WarehouseNotice | null }> {
  try {
    return { value: await read(), notice: null };
  } catch (error) {
    if (!(error instanceof WarehouseError) || error.reason === "down" || error.isUnknownObject) throw error;
    return { value: null, notice: { code: "not-measured", message: `${without}. ${error.message}` } };
  }
}

function unknownTeams(stored: readonly StoredPrediction[], teams: TeamDirectory): WarehouseNotice | null {
  const names = new Set(stored.flatMap(({ away, home }) => [away, home]).filter((name) => name !== null));
  const unknown = [...names].filter((name) => !teams.knows(name));
  if (unknown.length === 0) return null;
  const subject = unknown.length === 1 ? "a team" : `${unknown.length} teams`;
  const message = `The predictions name ${subject} without an acronym in bronze.internal_team_attributes: ${unknown.join(", ")}. Acronyms are made up, and results may not be found.`;
  return { code: "unknown-teams", message };
}
