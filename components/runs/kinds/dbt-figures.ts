import type { DbtReceipt } from "@/lib/contracts/run-kinds/dbt";
import type { RunDetail } from "@/lib/contracts/runs";
import { exitFigure, type Figure } from "../receipt-figure";

/** `2 behind`, `3 dates mended`: what the build did to dates whose silver was behind bronze. */
export function silverFigure(receipt: DbtReceipt): Figure {
  if (receipt.after === null)
    return { value: "not measured", note: receipt.unmeasured ?? "", tone: "partial" };
  const mended = receipt.mended.length;
  const behind = receipt.leftBehind.length;
  const wanted = receipt.leftBehind.filter((date) => date.wanted).length;
  if (behind > 0) {
    const apart = behind - wanted;
    const notes = [
      mended > 0 ? `${mended} mended` : "",
      apart > 0 ? `${wanted > 0 ? `${apart} ` : ""}not of this selection` : "",
    ];
    const note = notes.filter(Boolean).join(", ") || "none mended";
    return { value: `${datesText(behind)} behind`, note, tone: wanted > 0 ? "partial" : "plain" };
  }
  if (mended > 0) return { value: `${datesText(mended)} mended`, note: "none is behind", tone: "whole" };
  return { value: "no date behind", note: "before and after", tone: "plain" };
}

/** `31 of 31`, `built`; what failed or was skipped beside it. */
export function modelsFigure({ models }: Pick<DbtReceipt, "models">): Figure {
  const { wanted, built, errored, skipped } = models;
  if (wanted === 0) return { value: "none", note: "was selected", tone: "plain" };
  const value = `${built} of ${wanted}`;
  if (built === wanted) return { value, note: "built", tone: "whole" };
  const rest = [counted(errored, "failed"), counted(skipped, "skipped")].filter(Boolean);
  return {
    value,
    note: rest.length > 0 ? `built, ${rest.join(", ")}` : "built",
    tone: errored > 0 ? "missing" : "partial",
  };
}

/** `118 of 118`, `passed`; or `2 failed`, `115 of 118 passed, 1 warned`. */
export function testsFigure({ tests }: Pick<DbtReceipt, "tests">): Figure {
  const { wanted, passed, warned, failed, skipped } = tests;
  if (wanted === 0) return { value: "none", note: "was selected", tone: "plain" };
  const others = [counted(warned, "warned"), counted(skipped, "skipped")].filter(Boolean);
  if (failed > 0) {
    const note = [`${passed} of ${wanted} passed`, ...others].join(", ");
    return { value: `${failed} failed`, note, tone: "missing" };
  }
  return {
    value: `${passed} of ${wanted}`,
    note: ["passed", ...others].join(", "),
    tone: passed === wanted ? "whole" : others.length > 0 ? "partial" : "plain",
  };
}

/** dbt's exit code; 1 is no alarm where the models that were wanted are built. */
export function dbtExitFigure(run: RunDetail): Figure {
  const figure = exitFigure(run);
  if (run.exitCode !== 1 || run.receipt?.kind !== "dbt" || run.receipt.tests.failed === 0) return figure;
  const { errored, skipped } = run.receipt.models;
  if (errored + skipped > 0) return figure;
  return { ...figure, note: "dbt's answer to a failed test", tone: "plain" };
}

export function datesText(count: number): string {
  return count === 1 ? "1 date" : `${count} dates`;
}

function counted(count: number, what: string): string {
  return count > 0 ? `${count} ${what}` : "";
}
