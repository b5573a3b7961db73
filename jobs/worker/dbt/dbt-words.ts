import type { DbtReceipt } from "@/lib/contracts/run-kinds/dbt";
import type { ProcessEnd } from "@/lib/executors/executor-types";
import { type GameDate, shortLabel } from "@/lib/game-date";
import type { DbtEvidence } from "./dbt-receipt";
import type { WantedNode } from "./track-build";

/** `24 models built, 2 of 52 tests failed` */
export function builtText({ models, tests }: DbtReceipt): string {
  const built = models.wanted > 0 ? [`${counted(models.built, "model")} built`] : [];
  return [...built, ...testsText(tests)].join(", ");
}

function testsText({ wanted, passed, warned, failed }: DbtReceipt["tests"]): string[] {
  if (wanted === 0) return [];
  if (failed > 0) return [`${failed} of ${counted(wanted, "test")} failed`];
  if (warned > 0) return [`${warned} of ${counted(wanted, "test")} warned`];
  return [`${counted(passed, "test")} passed`];
}

/** `2 dates mended`; empty when none was. */
export function mendedText({ mended }: DbtReceipt): string {
  return mended.length > 0 ? `${counted(mended.length, "date")} mended` : "";
}

/** `Wed Nov 4 stays behind: 7 of 7 games ...`, and what is mended in part; with the first date's reason. */
export function leftText(
  { leftBehind }: DbtReceipt,
  { stuck, eased }: { stuck: readonly GameDate[]; eased: readonly GameDate[] },
): string {
  const dates = [...stuck, ...eased];
  const reason = leftBehind.find(({ date }) => date === dates[0])?.text.replace(/\.$/, "") ?? "";
  const about = dates.length > 1 ? `${shortLabel(dates[0] ?? "")}: ` : "";
  const parts = [
    ...(stuck.length > 0 ? [`${labels(stuck)} ${stuck.length === 1 ? "stays" : "stay"} behind`] : []),
    ...(eased.length > 0 ? [`${labels(eased)} ${eased.length === 1 ? "is" : "are"} mended in part`] : []),
  ];
  return `${parts.join(", ")}: ${about}${reason}`;
}

function labels(dates: readonly GameDate[]): string {
  return namesText(dates.map(shortLabel));
}

/** `5 of 24 models built; fact_pbp_data failed, 18 skipped`, and why. */
export function failureText({ details, end, explainedBy }: DbtEvidence, receipt: DbtReceipt): string {
  const { wanted, built, errored, skipped } = receipt.models;
  const named = (...statuses: WantedNode["status"][]) =>
    details.wanted.filter(({ status }) => statuses.includes(status)).map(({ name }) => name);
  const models = details.wanted.filter(({ type }) => !["test", "unit_test"].includes(type));
  const failedModels = models.filter(({ status }) => status === "error" || status === "fail");
  const parts = [
    ...(errored > 0 ? [`${namesText(failedModels.map(({ name }) => name))} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  const failedTests = errored === 0 ? named("fail", "error") : [];
  const why = failedTests.length > 0 ? ` because ${namesText(failedTests)} failed` : "";
  const unreached = wanted - built - errored - skipped;
  const cut =
    unreached > 0
      ? `; ${endText(end)}${explainedBy ? ` (${explainedBy.text})` : ""}, and ${unreached} were not come to`
      : "";
  const mended = mendedText(receipt);
  return `${built} of ${counted(wanted, "model")} built${parts.length > 0 ? `; ${parts.join(", ")}${why}` : ""}${cut}${mended ? `; ${mended}` : ""}`;
}

/** `5 of 24 models had been built, 1 date mended` */
export function stoppedText(receipt: DbtReceipt): string {
  const { wanted, built } = receipt.models;
  const mended = mendedText(receipt);
  const models =
    built === 0 ? "no model had been built" : `${built} of ${counted(wanted, "model")} had been built`;
  const unmeasured = receipt.unmeasured ? `; its effect could not be measured: ${receipt.unmeasured}` : "";
  return `${models}${mended ? `, ${mended}` : ""}${unmeasured}`;
}

export function endText(end: ProcessEnd): string {
  switch (end.kind) {
    case "exited":
      return `dbt ended with exit ${end.exitCode}`;
    case "signalled":
      return `dbt was killed by ${end.signal}`;
    case "not-started":
      return `dbt could not be started: ${end.reason}`;
    case "lost":
      return `How dbt ended is not known: ${end.reason}`;
  }
}

const NAMED = 3;

/** `a, b and 4 more` */
export function namesText(names: readonly string[]): string {
  if (names.length <= NAMED)
    return [names.slice(0, -1).join(", "), names.at(-1)].filter(Boolean).join(" and ");
  return `${names.slice(0, NAMED - 1).join(", ")} and ${names.length - NAMED + 1} more`;
}

export function nodesText(count: number): string {
  return counted(count, "model or test", "models and tests");
}

function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
