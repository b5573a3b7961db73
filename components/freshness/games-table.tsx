import { refusedAttributes, useRefusal } from "@/components/shell/refusal";
import type { GameCoverage } from "@/lib/contracts/coverage";
import type { GameDate } from "@/lib/game-date";
import { BoxScoresCell, PlaysCell, PredictionCell, SilverCell } from "./game-cells";
import { GameName } from "./game-name";
import classes from "./games-table.module.css";

type GamesTableProps = {
  date: GameDate;
  games: GameCoverage[];
  /** Before a date is due, what is absent is no fault. */
  due: boolean;
  caption: string;
  onWaive?: (game: GameCoverage) => void;
};

/** Games in rows, stages in columns. On a phone tip-off and result stand below the name. */
export function GamesTable({ date, games, due, caption, onWaive }: GamesTableProps) {
  const silver = games.some((game) => game.silverBoxscores !== null || game.silverPbp !== null);
  const predicted = games.some((game) => game.prediction !== null);
  const waivable = due && onWaive !== undefined && games.some(lacksSource);
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <caption className={classes.hidden}>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Game</th>
            <th scope="col" className={classes.wide}>
              Tip-off ET
            </th>
            <th scope="col">
              <Head long="Box scores" short="Box" />
            </th>
            <th scope="col">
              <Head long="Play-by-play" short="Plays" />
            </th>
            {silver && <th scope="col">Silver</th>}
            {predicted && (
              <th scope="col">
                <Head long="Prediction" short="Pred." />
              </th>
            )}
            <th scope="col" className={`${classes.wide} ${classes.end}`}>
              Result
            </th>
            {waivable && (
              <th scope="col" className={classes.act}>
                <span className={classes.hidden}>Waive</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {games.map((game) => (
            <tr key={game.key}>
              <th scope="row" className={classes.game}>
                <GameName game={game} />
                <span className={classes.below}>
                  {game.tipOff ?? "no time"}
                  {game.result && ` · ${resultText(game.result)}`}
                  {waivable && lacksSource(game) && (
                    <span className={classes.tight}>
                      {" · "}
                      <Waive game={game} onWaive={onWaive} />
                    </span>
                  )}
                </span>
              </th>
              <td className={`${classes.wide} ${classes.quiet}`}>{game.tipOff ?? "no time"}</td>
              <td>
                <BoxScoresCell game={game} due={due} />
              </td>
              <td>
                <PlaysCell game={game} due={due} />
              </td>
              {silver && (
                <td>
                  <SilverCell game={game} due={due} />
                </td>
              )}
              {predicted && (
                <td>
                  <PredictionCell game={game} date={date} />
                </td>
              )}
              <td className={`${classes.wide} ${classes.end}`}>
                {game.result ? resultText(game.result) : "–"}
              </td>
              {waivable && (
                <td className={classes.act}>
                  {lacksSource(game) && <Waive game={game} onWaive={onWaive} />}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Waive({ game, onWaive }: { game: GameCoverage } & Pick<GamesTableProps, "onWaive">) {
  const refusal = useRefusal("waive");
  return (
    <button
      type="button"
      className={classes.waive}
      aria-label={`Waive ${game.away.acronym} @ ${game.home.acronym}…`}
      onClick={() => onWaive?.(game)}
      {...(refusal !== null && refusedAttributes(refusal))}
    >
      Waive…
    </button>
  );
}

function Head({ long, short }: { long: string; short: string }) {
  return (
    <>
      <span className={classes.long}>{long}</span>
      <abbr className={classes.short} title={long}>
        {short}
      </abbr>
    </>
  );
}

function lacksSource(game: GameCoverage): boolean {
  return game.standing === "expected" && !(game.boxscores.present && game.pbp.present);
}

function resultText(result: { away: number; home: number }): string {
  return `${result.away}–${result.home}`;
}
