import type { GameDate } from "@/lib/game-date";

/** A moment in the warehouse: milliseconds since 1970 with PostgreSQL's microseconds as the fraction. */
export type WarehouseMoment = number;

/** What the warehouse holds of one game, before anything is judged. */
export type MeasuredGame = {
  date: GameDate;
  /** Acronyms. */
  away: string;
  home: string;
  /** Its row of the schedule, or null for data without one. */
  schedule: {
    tipOff: string | null;
    /** A play-off slot without a real tip-off time. */
    mayNotBePlayed: boolean;
    refreshedAt: WarehouseMoment | null;
  } | null;
  boxscores: { awayRows: number; homeRows: number; newestAt: WarehouseMoment | null };
  /** In a season's measurement `rows` is 1 for "some": only a single date's plays are counted. */
  pbp: { rows: number; newestAt: WarehouseMoment | null };
  /** Null where silver has no such table. */
  silverBoxscores: { rows: number; newestAt: WarehouseMoment | null } | null;
  silverPbp: { rows: number } | null;
  points: { away: number; home: number } | null;
};

/** `LAL@PHX`: unique within a date. */
export function gameKey(game: Pick<MeasuredGame, "away" | "home">): string {
  return `${game.away}@${game.home}`;
}

/** `LAL @ PHX`, for people. */
export function gameLabel(game: Pick<MeasuredGame, "away" | "home">): string {
  return `${game.away} @ ${game.home}`;
}

/** Box scores count only when both teams have rows. */
export function hasBoxscores({ boxscores }: MeasuredGame): boolean {
  return boxscores.awayRows > 0 && boxscores.homeRows > 0;
}

export function hasPlays({ pbp }: MeasuredGame): boolean {
  return pbp.rows > 0;
}

/** Anything at all in bronze, one team's rows included. */
export function hasAnyData({ boxscores, pbp }: MeasuredGame): boolean {
  return boxscores.awayRows + boxscores.homeRows + pbp.rows > 0;
}

/** Box scores of both teams and plays are in bronze. */
export function isWholeInBronze(game: MeasuredGame): boolean {
  return hasBoxscores(game) && hasPlays(game);
}
