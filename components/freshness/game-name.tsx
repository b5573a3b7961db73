import type { GameCoverage, Team } from "@/lib/contracts/coverage";
import classes from "./game-name.module.css";

/** `LAL @ PHX` with the teams' colours; the winner in bold, once there is one. */
export function GameName({ game }: { game: Pick<GameCoverage, "away" | "home" | "result"> }) {
  const { away, home, result } = game;
  return (
    <span className={classes.game} title={`${away.name} at ${home.name}`}>
      <TeamName team={away} won={result !== null && result.away > result.home} />
      <span className={classes.at}> @ </span>
      <TeamName team={home} won={result !== null && result.home > result.away} />
    </span>
  );
}

/** A team's colour and acronym; in bold when it has won. */
export function TeamName({ team, won }: { team: Team; won: boolean }) {
  return (
    <span className={classes.team} data-won={won || undefined}>
      <svg className={classes.chip} width="4" height="13" aria-hidden>
        <rect width="4" height="13" rx="1.5" fill={team.color ?? "currentColor"} />
      </svg>
      {team.acronym}
    </span>
  );
}
