import dynamic from "next/dynamic";
import type { MlReceipt } from "@/lib/contracts/run-kinds/ml";
import type { RunDetail } from "@/lib/contracts/runs";
import { exitFigure, unknownFigure } from "../receipt-figure";
import type { KindView } from "./kind-view";
import { MlAgain } from "./ml-again";
import { changesFigure, predictionsFigure, unpredictedFigure } from "./ml-figures";
import { MlGames } from "./ml-games";

const MlNext = dynamic(() => import("./ml-next").then((module) => module.MlNext));

/** A run of the ML program: games that gained a prediction, chances that changed, and what stood in its way. */
export const mlView: KindView = {
  figures(run) {
    const receipt = receiptOf(run);
    const unknown = unknownFigure(run);
    return [
      { label: "Receipt", figure: receipt ? predictionsFigure(receipt) : unknown },
      { label: "Predicted before", figure: receipt ? changesFigure(receipt) : unknown },
      { label: "Still missing", figure: receipt ? unpredictedFigure(receipt) : unknown },
      { label: "Exit", figure: exitFigure(run) },
    ];
  },
  Main: null,
  Side: ({ run, onLine }) => {
    const receipt = receiptOf(run);
    return receipt && <MlGames receipt={receipt} onLine={onLine} />;
  },
  Next: ({ run }) => {
    const reason = receiptOf(run)?.reason;
    return reason && <MlNext reason={reason} />;
  },
  Again: MlAgain,
  cancelText:
    "The program and everything that it started are stopped within 10 seconds. It writes its rows at its end in one go: what it has written by then stays and is measured. It can be run again at once.",
  stateWords: {
    succeeded: "Every game that was expected has a prediction.",
    partly: "Some games have a prediction now, and some still have none.",
    no_effect:
      "That is no success: the program ended without an error and predicted nothing. What stood in its way, and the step that removes it, is below.",
    interrupted: "Nothing runs again by itself. It can be run again at any time until 24:00 UTC of its date.",
  },
};

function receiptOf(run: RunDetail): MlReceipt | null {
  return run.receipt?.kind === "ml" ? run.receipt : null;
}
