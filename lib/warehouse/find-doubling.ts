import type { GameDate } from "@/lib/game-date";
import type { JudgedGame } from "./judge-games";

/** A date of which silver's box scores are doubled, or (`isThere` false) may be by the usual build. */
export type Doubling = { date: GameDate; isThere: boolean };

/**
 * The newest date whose box scores the usual build leaves doubled, or may; what is doubled already comes first.
 * dbt's test of them then fails, and what comes after it is skipped, whatever date the build was for.
 */
export function findDoubling(dates: ReadonlyMap<GameDate, readonly JudgedGame[]>): Doubling | null {
  const newestWhere = (holds: (game: JudgedGame) => boolean): GameDate | null => {
    const found = [...dates].filter(([, games]) => games.some(holds)).map(([date]) => date);
    return found.sort().at(-1) ?? null;
  };
  const doubled = newestWhere(({ silverBoxscoresState }) => silverBoxscoresState === "doubled");
  if (doubled !== null) return { date: doubled, isThere: true };
  const changed = newestWhere(
    ({ silverBoxscoresState }) => silverBoxscoresState === "older" || silverBoxscoresState === "fewer",
  );
  return changed === null ? null : { date: changed, isThere: false };
}
