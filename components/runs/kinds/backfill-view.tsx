import { DateNow } from "../date-now";
import { exitFigure, unknownFigure } from "../receipt-figure";
import { RunAgain } from "../run-again";
import { gamesFigure, missingFigure, rowsFigure } from "./backfill-figures";
import { BackfillGames } from "./backfill-games";
import type { KindView } from "./kind-view";

/** A backfill: games and rows that arrived, game by game, and how its date stands now. */
export const backfillView: KindView = {
  figures(run) {
    const receipt = run.receipt?.kind === "backfill" ? run.receipt : null;
    const unknown = unknownFigure(run);
    return [
      { label: "Receipt", figure: receipt ? gamesFigure(receipt) : unknown },
      { label: "Rows", figure: receipt ? rowsFigure(receipt) : unknown },
      { label: "Still missing", figure: receipt ? missingFigure(receipt) : unknown },
      { label: "Exit", figure: exitFigure(run) },
    ];
  },
  Main: null,
  Side: ({ run, onLine }) =>
    run.receipt?.kind === "backfill" && <BackfillGames receipt={run.receipt} onLine={onLine} />,
  Next: ({ run }) => run.gameDate !== null && <DateNow date={run.gameDate} />,
  Again: ({ run }) => <RunAgain date={run.gameDate} />,
  cancelText:
    "The program and everything that it started are stopped within 10 seconds. What it has written by then stays in the warehouse and is measured. The same date can be run again at once.",
  stateWords: {
    no_effect:
      "That is no success: nothing changed in the warehouse although something was missing. The source had nothing to give, or a flag keeps the program from asking.",
    cancelled:
      "A person stopped it. Nothing of it is left running, and the same date can be run again at once.",
  },
};
