import { z } from "zod";
import type { Side } from "@/lib/contracts/predictions";
import type { GameDate } from "@/lib/game-date";
import { type DateColumn, dayText, withinDates, withReadableDates } from "./date-column";
import type { DateRange } from "./read-schedule";
import type { WarehousePool } from "./warehouse-pool";
import { hasIndexWith, type SourceShape } from "./warehouse-shape";

export type GameResult = {
  awayPoints: number | null;
  homePoints: number | null;
  /** Null when neither outcomes nor points decide it. */
  winner: Side | null;
};

/** Finds the result of a game, its teams by acronym; null until both teams have box scores. */
export type GameResults = (game: { date: GameDate; away: string; home: string }) => GameResult | null;

export type ResultsToRead = {
  /** Holds every wanted date. */
  range: DateRange;
  /** The dates and teams wanted; null for all. */
  only: { dates: readonly GameDate[]; teams: readonly string[] } | null;
  /** Whether the table has the column `outcome` (W or L). */
  hasOutcome: boolean;
};

const teamRow = z.object({
  date: z.string(),
  team: z.string(),
  points: z.number().nullable(),
  won: z.boolean().nullable(),
  lost: z.boolean().nullable(),
});
type TeamRow = z.infer<typeof teamRow>;

/** Reads from bronze's box scores who won, and by how many points. @throws WarehouseError */
export async function readGameResults(
  pool: WarehousePool,
  boxscores: SourceShape,
  { range, only, hasOutcome }: ResultsToRead,
): Promise<GameResults> {
  const { table, date, columns } = boxscores;
  const outcome = (letter: string) => (hasOutcome ? `bool_or(outcome::text = '${letter}')` : "null::boolean");
  const rows = await pool.query(
    {
      tables: [table],
      text: `select ${dayText("day", date.kind)} as date, team, points, won, lost from (
          select ${date.name} as day, team::text as team,
            ${columns.has("pts") ? "sum(pts)::float8" : "null::float8"} as points,
            ${outcome("W")} as won, ${outcome("L")} as lost
          from ${table}
          where ${withinDates(date.name, date.kind, "$1", "$2")} and team is not null
            ${only ? `and team = any($3) and ${isOneOf(date, "$4")}` : ""}
          group by ${date.name}, team) as grouped`,
      values: [range.from, range.to, ...(only ? [only.teams, only.dates] : [])],
      preferIndex: hasIndexWith(boxscores, date.name),
    },
    teamRow,
  );
  const byTeam = new Map(withReadableDates(rows).map((row) => [`${row.date} ${row.team}`, row]));
  return ({ date: on, away, home }) => {
    const homeRow = byTeam.get(`${on} ${home}`);
    const awayRow = byTeam.get(`${on} ${away}`);
    if (!homeRow || !awayRow) return null;
    return {
      awayPoints: awayRow.points,
      homePoints: homeRow.points,
      winner: winnerByOutcome(homeRow, awayRow) ?? winnerByPoints(homeRow, awayRow),
    };
  };
}

/**
 * SQL for "column is one of the dates in `dates`", worded so that no index serves: each date would be looked up by
 * a scan of its own, over all of an index that leads with the player.
 */
function isOneOf({ name, kind }: DateColumn, dates: string): string {
  if (kind === "text") return `left(${name}, 10) = any(${dates}::text[])`;
  return `${kind === "date" ? `${name} + 0` : `${name}::date`} = any(${dates}::date[])`;
}

/** The box scores say it outright; both teams must agree. */
function winnerByOutcome(home: TeamRow, away: TeamRow): Side | null {
  const won = (row: TeamRow) => row.won === true && row.lost !== true;
  const lost = (row: TeamRow) => row.lost === true && row.won !== true;
  if (won(home) && lost(away)) return "home";
  return won(away) && lost(home) ? "away" : null;
}

function winnerByPoints({ points: home }: TeamRow, { points: away }: TeamRow): Side | null {
  if (home === null || away === null || home === away) return null;
  return home > away ? "home" : "away";
}
