import type { Season, WarehouseNotice } from "@/lib/contracts/coverage";
import type { GameDate } from "@/lib/game-date";
import type { GamesByDate } from "./assemble-games";
import type { RefreshLog } from "./game-standing";
import type { MeasuredGame, WarehouseMoment } from "./measured-game";
import type { TeamDirectory } from "./team-directory";

/** What every measurement carries besides its games. */
type MeasurementBasis = {
  /** When its first statement was sent. */
  measuredAt: Date;
  notices: WarehouseNotice[];
  teams: TeamDirectory;
  /** Full names in the schedule whose acronym nobody knows. */
  unknownTeams: string[];
  refreshes: RefreshLog;
  silver: { boxscores: boolean; pbp: boolean };
  newestSilverPlay: GameDate | null;
};

/** A season's games as the warehouse held them, not judged yet: judging again takes no warehouse. */
export type SeasonMeasurement = MeasurementBasis & {
  season: Season | null;
  /** Newest first. */
  seasons: Season[];
  /** The schedule's dates of all seasons. */
  scheduledDates: GameDate[];
  /** The newest refresh of any row of the schedule. */
  scheduleRefreshedAt: WarehouseMoment | null;
  games: GamesByDate;
};

/** One date's games, counted in full. */
export type DateMeasurement = MeasurementBasis & { date: GameDate; games: MeasuredGame[] };
