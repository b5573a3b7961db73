import type { GameDate } from "@/lib/game-date";
import type { MeasuredGame, WarehouseMoment } from "./measured-game";
import type { PlaysKey } from "./placed-plays";
import type { TeamBoxscores } from "./read-boxscores";
import type { GamePlays } from "./read-plays";
import type { ScheduledGame } from "./read-schedule";
import type { SilverBoxscores, SilverPlays } from "./read-silver";

/** The rows that were read, by source; null for a table of silver that does not exist. */
export type ReadRows = {
  scheduled: readonly ScheduledGame[];
  boxscores: readonly TeamBoxscores[];
  plays: readonly GamePlays[];
  silverBoxscores: readonly SilverBoxscores[] | null;
  silverPlays: readonly SilverPlays[] | null;
};

export type GamesByDate = Map<GameDate, MeasuredGame[]>;

/** Puts the rows of all sources together, game by game. Data that fit no scheduled game make unscheduled ones. */
export function assembleGames(rows: ReadRows): GamesByDate {
  const assembly = new GameAssembly(rows.silverBoxscores !== null, rows.silverPlays !== null);
  for (const game of rows.scheduled) assembly.addScheduled(game);
  for (const boxscores of rows.boxscores) assembly.addBoxscores(boxscores);
  for (const plays of rows.plays) assembly.addPlays(plays);
  for (const boxscores of rows.silverBoxscores ?? []) assembly.addSilverBoxscores(boxscores);
  for (const plays of rows.silverPlays ?? []) assembly.addSilverPlays(plays);
  return assembly.gamesByDate;
}

const NO_GAMES: readonly MeasuredGame[] = [];

class GameAssembly {
  readonly gamesByDate: GamesByDate = new Map();
  /** The games of a team on a date: one, but for a phantom of the schedule. */
  private readonly byTeam = new Map<GameDate, Map<string, MeasuredGame[]>>();

  constructor(
    private readonly hasSilverBoxscores: boolean,
    private readonly hasSilverPlays: boolean,
  ) {}

  addScheduled({ date, away, home, tipOff, mayNotBePlayed, refreshedAt }: ScheduledGame): void {
    this.add(date, away, home).schedule = { tipOff, mayNotBePlayed, refreshedAt };
  }

  addBoxscores({ date, team, opponent, location, rows, newestAt, points }: TeamBoxscores): void {
    const isHome = location === "H";
    const found = this.gamesOf(date, team).filter((game) => opponent === null || plays(game, opponent));
    let game = found.find((candidate) => (candidate.home === team) === isHome) ?? found[0];
    // Without an opponent there is no telling which game it would be.
    if (!game && opponent === null) return;
    game ??= isHome ? this.add(date, opponent ?? "", team) : this.add(date, team, opponent ?? "");
    if (game.home === team) game.boxscores.homeRows += rows;
    else game.boxscores.awayRows += rows;
    game.boxscores.newestAt = newer(game.boxscores.newestAt, newestAt);
    if (points !== null) {
      game.points ??= { away: 0, home: 0 };
      game.points[game.home === team ? "home" : "away"] += points;
    }
  }

  addPlays({ date, home, away, rows, newestAt }: GamePlays): void {
    const game = this.find({ date, home, away }) ?? this.add(date, away, home);
    game.pbp.rows += rows;
    game.pbp.newestAt = newer(game.pbp.newestAt, newestAt);
  }

  /** Silver names the team alone here; of two games on the date, the one with data is meant. */
  addSilverBoxscores({ date, team, rows, newestAt }: SilverBoxscores): void {
    const games = this.gamesOf(date, team);
    const game = games.find(({ boxscores }) => boxscores.awayRows + boxscores.homeRows > 0) ?? games[0];
    if (!game?.silverBoxscores) return;
    game.silverBoxscores.rows += rows;
    game.silverBoxscores.newestAt = newer(game.silverBoxscores.newestAt, newestAt);
  }

  addSilverPlays({ rows, ...key }: SilverPlays): void {
    const game = this.find(key);
    if (game?.silverPbp) game.silverPbp.rows += rows ?? 1;
  }

  /** The game of this pair, whichever of the two is said to be at home. */
  private find({ date, home, away }: PlaysKey): MeasuredGame | undefined {
    const games = this.gamesOf(date, home).filter((game) => plays(game, away));
    return games.find((game) => game.home === home) ?? games[0];
  }

  private gamesOf(date: GameDate, team: string): readonly MeasuredGame[] {
    return this.byTeam.get(date)?.get(team) ?? NO_GAMES;
  }

  private add(date: GameDate, away: string, home: string): MeasuredGame {
    const game: MeasuredGame = {
      date,
      away,
      home,
      schedule: null,
      boxscores: { awayRows: 0, homeRows: 0, newestAt: null },
      pbp: { rows: 0, newestAt: null },
      silverBoxscores: this.hasSilverBoxscores ? { rows: 0, newestAt: null } : null,
      silverPbp: this.hasSilverPlays ? { rows: 0 } : null,
      points: null,
    };
    append(this.gamesByDate, date, game);
    const teams = this.byTeam.get(date) ?? new Map<string, MeasuredGame[]>();
    this.byTeam.set(date, teams);
    append(teams, away, game);
    append(teams, home, game);
    return game;
  }
}

function plays(game: MeasuredGame, team: string): boolean {
  return game.home === team || game.away === team;
}

function newer(one: WarehouseMoment | null, other: WarehouseMoment | null): WarehouseMoment | null {
  if (one === null || other === null) return one ?? other;
  return Math.max(one, other);
}

function append<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
