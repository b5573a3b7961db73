"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { refusedAttributes, useRefusal } from "@/components/shell/refusal";
import { RelativeTime } from "@/components/shell/relative-time";
import type { GameCoverage } from "@/lib/contracts/coverage";
import type { GameDate } from "@/lib/game-date";
import { coverageKeys, revokeWaiver } from "@/lib/queries/coverage-queries";
import classes from "./aside-games.module.css";
import { GameName } from "./game-name";
import { ASIDE_ORDER, GAME_ASIDE } from "./game-standing";

/** The games that do not count as expected, apart, each kind with its reason. */
export function AsideGames({ date, games }: { date: GameDate; games: GameCoverage[] }) {
  const kinds = ASIDE_ORDER.map((standing) => ({
    standing,
    games: games.filter((game) => game.standing === standing),
  })).filter((kind) => kind.games.length > 0);
  if (kinds.length === 0) return null;
  return (
    <div className={classes.aside}>
      {kinds.map((kind) => (
        <section key={kind.standing} aria-labelledby={`${kind.standing}-${date}`}>
          <h3 id={`${kind.standing}-${date}`} className={classes.title}>
            {GAME_ASIDE[kind.standing].label}
            <span className={classes.why}> · {GAME_ASIDE[kind.standing].why}</span>
          </h3>
          <ul>
            {kind.games.map((game) => (
              <li key={game.key} className={classes.game}>
                <GameName game={game} />
                <span className={classes.facts}>{factsText(game)}</span>
                {game.waiver && <Waiver waiver={game.waiver} name={game.key.replace("@", " @ ")} />}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Waiver({ waiver, name }: { waiver: NonNullable<GameCoverage["waiver"]>; name: string }) {
  const queryClient = useQueryClient();
  const refusal = useRefusal("waive");
  const revoke = useMutation({
    mutationFn: () => revokeWaiver(waiver.id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: coverageKeys.all }),
  });
  return (
    <>
      <span className={classes.facts}>
        “{waiver.reason}” · {waiver.waivedBy}, <RelativeTime at={waiver.waivedAt} />
      </span>
      <button
        type="button"
        className={classes.revoke}
        aria-label={`Take the waiver of ${name} back`}
        disabled={revoke.isPending}
        onClick={() => revoke.mutate()}
        {...(refusal !== null && refusedAttributes(refusal))}
      >
        {revoke.isPending ? "Taking back…" : "Take back"}
      </button>
      {revoke.error && (
        <span role="alert" className={classes.error}>
          {revoke.error.message}
        </span>
      )}
    </>
  );
}

function factsText({ boxscores, pbp, tipOff }: GameCoverage): string {
  const rows = boxscores.awayRows + boxscores.homeRows;
  const parts = [tipOff, rows > 0 && `${rows} box score rows`, pbp.rows > 0 && `${pbp.rows} plays`];
  return parts.filter(Boolean).join(", ") || "no data";
}
