import { StateBadge } from "@/components/freshness/state-badge";
import type { BackfillReceipt } from "@/lib/contracts/run-kinds/backfill";
import { SidePanel } from "../side-panel";
import classes from "./backfill-games.module.css";

type Game = BackfillReceipt["games"][number];
type Cell = { had: boolean; has: boolean; rows: number; expected: boolean };

/** Each game of the date: what of it was there before the run, and what is there now. */
export function BackfillGames({
  receipt,
  onLine,
}: {
  receipt: BackfillReceipt;
  onLine: (seq: number) => void;
}) {
  const { explainedBy, unmeasured } = receipt;
  return (
    <SidePanel title="Receipt by game" end={<Movement receipt={receipt} />}>
      {receipt.games.length > 0 && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Game</th>
              <th scope="col">Box scores</th>
              <th scope="col">Plays</th>
            </tr>
          </thead>
          <tbody>
            {inOrder(gamesOf(receipt)).map((game) => (
              <tr key={game.game}>
                <th scope="row">
                  {game.game}
                  {game.standing !== "expected" && <span className={classes.standing}>{game.standing}</span>}
                </th>
                <td>
                  <Change {...cellOf(game, "boxscores")} />
                </td>
                <td>
                  <Change {...cellOf(game, "pbp")} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {receipt.games.length === 0 && <p className={classes.note}>No game is scheduled on this date.</p>}
      {unmeasured !== null && <p className={classes.note}>Not measured after the run: {unmeasured}</p>}
      {explainedBy !== null && (
        <p className={classes.note}>
          Why something is missing:{" "}
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

/** The date's state before and after: `missing → whole`. */
function Movement({ receipt: { before, after } }: { receipt: BackfillReceipt }) {
  return (
    <span className={classes.movement}>
      <StateBadge state={before.state} />
      {after !== null && after.state !== before.state && (
        <>
          <span aria-hidden>→</span>
          <StateBadge state={after.state} />
        </>
      )}
    </span>
  );
}

function Change({ had, has, rows, expected }: Cell) {
  if (had && has) return <span className={classes.kept}>✓ {rows.toLocaleString("en-US")}</span>;
  if (!had && has)
    return (
      <span className={classes.gained}>
        <span className={classes.hidden}>was missing, now </span>
        <span aria-hidden>✕ → </span>✓ {rows.toLocaleString("en-US")}
      </span>
    );
  if (had) return <span className={classes.missing}>✓ → ✕ gone</span>;
  return expected ? (
    <span className={classes.missing}>✕ missing</span>
  ) : (
    <span className={classes.kept}>none</span>
  );
}

function cellOf(game: Game, source: "boxscores" | "pbp"): Cell {
  return {
    had: game.before[source],
    has: game.after[source],
    rows: source === "boxscores" ? game.after.boxscoreRows : game.after.pbpRows,
    expected: game.standing === "expected",
  };
}

/** Where nothing could be measured afterwards, what was there before is all that is known. */
function gamesOf({ games, after }: BackfillReceipt): Game[] {
  return after === null ? games.map((game) => ({ ...game, after: game.before })) : games;
}

/** What is still missing first, then what arrived, then what was there already. */
function inOrder(games: readonly Game[]): Game[] {
  const rank = (game: Game) => {
    const cells = [cellOf(game, "boxscores"), cellOf(game, "pbp")];
    if (cells.some(({ has, expected }) => !has && expected)) return 0;
    return cells.some(({ had, has }) => had !== has) ? 1 : 2;
  };
  return [...games].sort((a, b) => rank(a) - rank(b));
}
