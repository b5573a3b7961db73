import type { SilverState } from "@/lib/contracts/coverage";
import { hasPlays, type MeasuredGame } from "./measured-game";

/** Silver's box scores of a game against bronze's; null where silver has no such table. */
export function silverBoxscoresState({ boxscores, silverBoxscores }: MeasuredGame): SilverState | null {
  if (!silverBoxscores) return null;
  const bronzeRows = boxscores.awayRows + boxscores.homeRows;
  if (bronzeRows === 0) return "waits";
  if (silverBoxscores.rows === 0) return "absent";
  if (silverBoxscores.rows > bronzeRows) return "doubled";
  if (silverBoxscores.rows < bronzeRows) return "fewer";
  const isOlder =
    boxscores.newestAt !== null &&
    silverBoxscores.newestAt !== null &&
    silverBoxscores.newestAt < boxscores.newestAt;
  return isOlder ? "older" : "whole";
}

export type SilverPlaysState = "whole" | "absent" | "waits";

/** Silver's plays of a game: there, or not; null where silver has no such table. */
export function silverPlaysState(game: MeasuredGame): SilverPlaysState | null {
  if (!game.silverPbp) return null;
  if (!hasPlays(game)) return "waits";
  return game.silverPbp.rows > 0 ? "whole" : "absent";
}
