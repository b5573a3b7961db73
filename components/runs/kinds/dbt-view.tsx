import { NodeResultsPanel } from "@/components/dbt/node-results-panel";
import { unknownFigure } from "../receipt-figure";
import { DbtAgain } from "./dbt-again";
import { DbtDates } from "./dbt-dates";
import { dbtExitFigure, modelsFigure, silverFigure, testsFigure } from "./dbt-figures";
import { DbtGold } from "./dbt-gold";
import { DbtMend } from "./dbt-mend";
import type { KindView } from "./kind-view";

/** A dbt build: its models and tests, the dates that it mended or left behind, gold's tables. */
export const dbtView: KindView = {
  figures(run) {
    const receipt = run.receipt?.kind === "dbt" ? run.receipt : null;
    const unknown = unknownFigure(run);
    return [
      { label: "Silver", figure: receipt ? silverFigure(receipt) : unknown },
      { label: "Models", figure: receipt ? modelsFigure(receipt) : unknown },
      { label: "Tests", figure: receipt ? testsFigure(receipt) : unknown },
      { label: "Exit", figure: dbtExitFigure(run) },
    ];
  },
  Main: ({ run }) => <NodeResultsPanel run={run} />,
  Side: ({ run, onLine }) =>
    run.receipt?.kind === "dbt" && (
      <>
        <DbtDates receipt={run.receipt} onLine={onLine} />
        <DbtGold receipt={run.receipt} />
      </>
    ),
  Next: ({ run }) => run.receipt?.kind === "dbt" && run.receipt.mend && <DbtMend mend={run.receipt.mend} />,
  Again: DbtAgain,
  cancelText:
    "dbt is asked to stop and ends its statements in the warehouse; what does not stop within 10 seconds is ended. Models that were built by then stay, the ones under way are rolled back. The rest can be built at once, from where it stopped.",
  stateWords: {
    succeeded: "Everything that was selected is built.",
    partly: "The models are built, and some date's silver is still behind bronze.",
    no_effect:
      "That is no success: dbt ended without an error, and the dates that were behind still are. An incremental model may have passed over their rows.",
    failed: "A model that was wanted was not built. The table of models says which, and why.",
    cancelled:
      "A person stopped it. Nothing of it is left running in the warehouse, and the rest can be built at once.",
    interrupted: "Nothing runs again by itself. A build can be ordered again at any time.",
  },
};
