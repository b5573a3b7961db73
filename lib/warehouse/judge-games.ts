import type { GameStanding, SilverState } from "@/lib/contracts/coverage";
import { type RefreshLog, standingOf } from "./game-standing";
import { gameKey, type MeasuredGame } from "./measured-game";
import { type SilverPlaysState, silverBoxscoresState, silverPlaysState } from "./silver-state";

/** An operator's word that a game's data will not come. */
export type ActiveWaiver = {
  id: string;
  gameDate: string;
  /** `LAL@PHX` */
  game: string;
  reason: string;
  waivedBy: string;
  waivedAt: Date;
};

/** A measured game and what it counts as. */
export type JudgedGame = {
  measured: MeasuredGame;
  standing: GameStanding;
  waiver: ActiveWaiver | null;
  silverBoxscoresState: SilverState | null;
  silverPlaysState: SilverPlaysState | null;
};

/** Judges games by their data, the schedule's refreshes and the waivers in force. */
export function judgeGames(
  games: readonly MeasuredGame[],
  refreshes: RefreshLog,
  waivers: ReadonlyMap<string, ActiveWaiver>,
): JudgedGame[] {
  return games.map((game) => {
    const waiver = waivers.size > 0 ? (waivers.get(waiverKey(game.date, gameKey(game))) ?? null) : null;
    return {
      measured: game,
      waiver,
      standing: standingOf(game, { isWaived: waiver !== null, refreshes }),
      silverBoxscoresState: silverBoxscoresState(game),
      silverPlaysState: silverPlaysState(game),
    };
  });
}

/** Silver is behind bronze for this game; what bronze itself lacks is not silver's lag. */
export function lagsInSilver({ silverBoxscoresState, silverPlaysState }: JudgedGame): boolean {
  const boxscoresLag = silverBoxscoresState !== null && !["whole", "waits"].includes(silverBoxscoresState);
  return boxscoresLag || silverPlaysState === "absent";
}

/** Waivers by date and game, the way `judgeGames` looks them up. */
export function indexWaivers(waivers: readonly ActiveWaiver[]): Map<string, ActiveWaiver> {
  return new Map(waivers.map((waiver) => [waiverKey(waiver.gameDate, waiver.game), waiver]));
}

function waiverKey(date: string, game: string): string {
  return `${date} ${game}`;
}
