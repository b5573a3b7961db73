import { hashText } from "./seeded-random";
import type { Team } from "./teams";

/** How good a team is, from -1 (worst) to 1 (best); the same in every game and in every prediction. */
export function strengthOf(team: Team): number {
  return (hashText(`strength of ${team.name}`) / 0xffffffff) * 2 - 1;
}

/** The chance from 0 to 1 that the home side scores next: even teams give the home side a small edge. */
export function homeShareOfScoring(away: Team, home: Team): number {
  return 0.508 + 0.02 * (strengthOf(home) - strengthOf(away));
}
