import Link from "next/link";
import { percentText, pointsText } from "@/components/predictions/prediction-words";
import { predictionsHref } from "@/components/predictions/predictions-href";
import type { MlReceipt } from "@/lib/contracts/run-kinds/ml";
import { SidePanel } from "../side-panel";
import classes from "./ml-games.module.css";

type Game = MlReceipt["games"][number];

/** Each game of the date: the home team's chance before the run and after it. */
export function MlGames({ receipt, onLine }: { receipt: MlReceipt; onLine: (seq: number) => void }) {
  const { date, games, explainedBy, unmeasured } = receipt;
  return (
    <SidePanel title="Receipt by game" end={<Link href={predictionsHref({ date })}>The rows now</Link>}>
      {games.length > 0 && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Game</th>
              <th scope="col">Home win</th>
              <th scope="col" className={classes.end}>
                Change
              </th>
            </tr>
          </thead>
          <tbody>
            {inOrder(games).map((game) => (
              <tr key={game.game}>
                <th scope="row">{game.game}</th>
                <td>{unmeasured === null ? <Chances game={game} /> : percentText(game.before)}</td>
                <td className={classes.end}>{unmeasured === null && <Change game={game} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {games.length === 0 && <p className={classes.note}>No game is scheduled on this date.</p>}
      {unmeasured !== null && <p className={classes.note}>Not measured after the run: {unmeasured}</p>}
      {explainedBy !== null && (
        <p className={classes.note}>
          What the log says:{" "}
          <a
            href={`?line=${explainedBy.seq}`}
            onClick={(event) => {
              event.preventDefault();
              onLine(explainedBy.seq);
            }}
          >
            line {explainedBy.seq}
          </a>
          <span className={classes.quote}>{explainedBy.text}</span>
        </p>
      )}
    </SidePanel>
  );
}

function Chances({ game: { before, after, change } }: { game: Game }) {
  if (change === "changed")
    return (
      <>
        <span className={classes.quiet}>{percentText(before)} →</span> {percentText(after)}
      </>
    );
  return change === "missing" || change === "gone" ? (
    <span className={classes.quiet}>{percentText(before)}</span>
  ) : (
    percentText(after)
  );
}

function Change({ game: { before, after, change, inFeatures } }: { game: Game }) {
  switch (change) {
    case "new":
      return <span className={classes.gained}>✓ new</span>;
    case "changed":
      return before !== null && after !== null ? pointsText(after - before) : "changed";
    case "same":
      return <span className={classes.quiet}>as before</span>;
    case "gone":
      return <span className={classes.missing}>✕ gone</span>;
    case "missing":
      return (
        <span className={classes.missing} title={inFeatures ? undefined : "not in the feature table"}>
          ✕ none
        </span>
      );
  }
}

const RANK: Record<Game["change"], number> = { gone: 0, missing: 0, new: 1, changed: 2, same: 3 };

/** What lacks a prediction first, then what is new, then what changed. */
function inOrder(games: readonly Game[]): Game[] {
  return games.toSorted((a, b) => RANK[a.change] - RANK[b.change]);
}
