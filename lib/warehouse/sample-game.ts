import type { GameDate } from "@/lib/game-date";
import type { MeasuredGame, WarehouseMoment } from "./measured-game";

/** What a test says of a game; all else is as the daily run leaves it. */
export type SampleGame = {
  date?: GameDate;
  /** `LAL@PHX` */
  key?: string;
  tipOff?: string | null;
  isScheduled?: boolean;
  refreshedAt?: WarehouseMoment | null;
  /** Rows of each team. */
  awayRows?: number;
  homeRows?: number;
  writtenAt?: WarehouseMoment;
  plays?: number;
  /** Rows of both teams; null for a silver without box scores. */
  silverRows?: number | null;
  silverWrittenAt?: WarehouseMoment;
  silverPlays?: number | null;
};

/** Milliseconds of a UTC moment: `2026-11-20 12:00`. */
export function utc(text: string): WarehouseMoment {
  return Date.parse(`${text.replace(" ", "T")}Z`);
}

/** A game for tests: whole in bronze and silver unless told otherwise. */
export function sampleGame({
  date = "2026-11-19",
  key = "LAL@PHX",
  tipOff = "7:30p",
  isScheduled = true,
  refreshedAt = utc(`${date} 12:00`),
  awayRows = 12,
  homeRows = 13,
  writtenAt = utc(`${date} 23:59`),
  plays = 125,
  silverRows = awayRows + homeRows,
  silverWrittenAt = writtenAt,
  silverPlays = plays,
}: SampleGame = {}): MeasuredGame {
  const [away = "", home = ""] = key.split("@");
  const mayNotBePlayed = tipOff === null || tipOff === "" || tipOff === "11:00";
  return {
    date,
    away,
    home,
    schedule: isScheduled ? { tipOff, mayNotBePlayed, refreshedAt } : null,
    boxscores: { awayRows, homeRows, newestAt: awayRows + homeRows > 0 ? writtenAt : null },
    pbp: { rows: plays, newestAt: plays > 0 ? writtenAt : null },
    silverBoxscores: silverRows === null ? null : { rows: silverRows, newestAt: silverWrittenAt },
    silverPbp: silverPlays === null ? null : { rows: silverPlays },
    points: null,
  };
}

/** A game without any data. */
export function emptyGame(given: SampleGame = {}): MeasuredGame {
  return sampleGame({ awayRows: 0, homeRows: 0, plays: 0, silverRows: 0, silverPlays: 0, ...given });
}
