import { z } from "zod";
import type { GameDate } from "@/lib/game-date";
import { type DateColumn, dayText, readDate, withinDates } from "./date-column";
import type { WarehouseMoment } from "./measured-game";
import { momentOf } from "./moment-column";
import type { PlacedPlays, PlaysKey } from "./placed-plays";
import { readColumns } from "./read-columns";
import type { DateRange } from "./read-schedule";
import type { WarehousePool } from "./warehouse-pool";
import { hasIndexOn, type SourceShape } from "./warehouse-shape";

/** Silver's box scores of one team on one date. */
export type SilverBoxscores = {
  date: GameDate;
  team: string;
  rows: number;
  newestAt: WarehouseMoment | null;
};

/**
 * Reads silver's box scores of `range`. Its index leads with the team, so the teams are named: 30 short ranges of
 * the index in place of a pass over the table, on every version of PostgreSQL.
 * @throws WarehouseError
 */
export async function readSilverBoxscores(
  pool: WarehousePool,
  silver: SourceShape,
  teams: readonly string[],
  range: DateRange,
): Promise<SilverBoxscores[]> {
  const { table, date, columns } = silver;
  const { length, texts, numbers } = await readColumns(pool, {
    tables: [table],
    texts: { date: dayText(date.name, date.kind), team: "team" },
    numbers: {
      rows: "count(*)",
      newestAt: columns.has("modified_at") ? momentOf("max(modified_at)") : "null",
    },
    from: `from ${table}
      where team = any($3::text[]) and ${withinDates(date.name, date.kind, "$1", "$2")}
      group by ${date.name}, team`,
    values: [range.from, range.to, teams],
  });
  const found: SilverBoxscores[] = [];
  for (let at = 0; at < length; at += 1) {
    const day = readDate(texts.date[at] ?? null);
    if (day === null) continue;
    found.push({
      date: day,
      team: texts.team[at] ?? "",
      rows: numbers.rows[at] ?? 0,
      newestAt: numbers.newestAt[at] ?? null,
    });
  }
  return found;
}

/** A game of silver's plays; `rows` is null where only its presence is known. */
export type SilverPlays = PlaysKey & { rows: number | null };

/** Of a season's 160,000 plays one in 24 is enough to see nearly every game; `hashtid` spreads over all int4. */
const SAMPLED = `hashtid(ctid) < ${-(2 ** 31) + Math.floor(2 ** 32 / 24)}`;

/**
 * Finds games of `range` in silver's plays by a sample: what is in it exists, what is not in it is still open.
 * Grouping every play of a season would cost three times as much as reading past it. Teams are looked at only
 * in what is sampled: reaching a row's columns costs more than its place.
 * @throws WarehouseError
 */
export async function sampleSilverPlays(
  pool: WarehousePool,
  silver: SourceShape,
  range: DateRange,
): Promise<{ plays: PlacedPlays[]; isComplete: boolean }> {
  const isSample = silver.hasPlaces && hasIndexOn(silver, silver.date.name);
  const plays = await groupSilverPlays(pool, silver, range, {
    rows: "null",
    place: isSample ? "(array_agg(ctid))[1]" : "null",
    condition: isSample ? `and ${SAMPLED}` : "",
  });
  return { plays, isComplete: !isSample };
}

/** Counts silver's plays of each game in `range`: for one date. @throws WarehouseError */
export async function countSilverPlays(
  pool: WarehousePool,
  silver: SourceShape,
  range: DateRange,
): Promise<SilverPlays[]> {
  return groupSilverPlays(pool, silver, range, { rows: "count(*)", place: "null", condition: "" });
}

async function groupSilverPlays(
  pool: WarehousePool,
  { table, date }: SourceShape,
  range: DateRange,
  { rows, place, condition }: { rows: string; place: string; condition: string },
): Promise<(SilverPlays & PlacedPlays)[]> {
  const { length, texts, numbers } = await readColumns(pool, {
    tables: [table],
    texts: { date: dayText(date.name, date.kind), home: "home_team", away: "away_team", place },
    numbers: { rows },
    from: `from ${table}
      where ${withinDates(date.name, date.kind, "$1", "$2")} ${condition}
      group by ${date.name}, home_team, away_team`,
    values: [range.from, range.to],
  });
  const found: (SilverPlays & PlacedPlays)[] = [];
  for (let at = 0; at < length; at += 1) {
    const day = readDate(texts.date[at] ?? null);
    const [home, away] = [texts.home[at], texts.away[at]];
    if (!day || !home || !away) continue;
    found.push({ date: day, home, away, rows: numbers.rows[at] ?? null, place: texts.place[at] || null });
  }
  return found;
}

/**
 * The newest game date of silver's plays: dbt's increment takes only later ones. Null when there are none.
 * @throws WarehouseError
 */
export async function readNewestSilverPlay(
  pool: WarehousePool,
  silver: SourceShape,
): Promise<GameDate | null> {
  const [newest] = await pool.query(
    {
      tables: [silver.table],
      text: `select ${newestDay(silver.date)} as day from ${silver.table}
        where ${silver.date.name} < ${farFuture(silver.date)}`,
    },
    z.object({ day: z.string().nullable() }),
  );
  return readDate(newest?.day ?? null);
}

function newestDay({ name, kind }: DateColumn): string {
  return dayText(`max(${name})`, kind);
}

/** Leaves out `infinity`, and text that is no date and sorts after every date. */
function farFuture({ kind }: DateColumn): string {
  return kind === "text" ? "'9999'" : `'9999-01-01'::${kind}`;
}
