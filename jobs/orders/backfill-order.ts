import type { JobSettings } from "@/jobs/define-job";
import { backfill } from "@/jobs/definitions/backfill";
import type { DateFacts } from "@/jobs/orders/backfill-date-facts";
import { type CommonFacts, commonWarnings, type PreparedOrder, planRun } from "@/jobs/orders/prepared-order";
import type { BackfillOrder, BackfillParams } from "@/lib/contracts/run-kinds/backfill";
import type { RunWarning } from "@/lib/contracts/runs";
import { AppError, type FieldProblem } from "@/lib/errors";
import { dueAt, easternDate, type GameDate, longLabel } from "@/lib/game-date";

/** What is known of the world when backfills are ordered. Pure input: gather it with gather-backfill-facts.ts. */
export type BackfillFacts = CommonFacts & {
  firstSeasonStart: GameDate;
  /** Ingestion flags by name; null when they could not be read, `flagsProblem` then says why. */
  flags: ReadonlyMap<string, boolean> | null;
  flagsProblem: string | null;
  /** What the warehouse says of each date; a date that it could not tell about is absent. */
  dates: ReadonlyMap<GameDate, Pick<DateFacts, "state" | "scheduledGames">>;
  /** Why `dates` is not fresh, if it is not. */
  datesProblem: string | null;
};

/**
 * What an order of backfills comes to.
 * @throws AppError `invalid-request` naming every date that cannot be backfilled; nothing is then ordered.
 */
export function prepareBackfillOrder(
  order: BackfillOrder,
  settings: JobSettings,
  facts: BackfillFacts,
): PreparedOrder {
  refuseImpossibleDates(order.params, facts);
  // In one order everywhere, so that two orders for the same dates cannot wait for each other.
  const unique = [...new Map(order.params.map((params) => [params.runDate, params])).values()].sort((a, b) =>
    a.runDate.localeCompare(b.runDate),
  );
  return {
    runs: unique.map((params) =>
      planRun(backfill, params, settings, {
        // One page of box scores, then one page of plays for each game.
        requestCost: 1 + (facts.dates.get(params.runDate)?.scheduledGames ?? 0),
        warnings: dateWarnings(params.runDate, facts),
        details: null,
      }),
    ),
    warnings: orderWarnings(order, facts),
  };
}

function refuseImpossibleDates(params: readonly BackfillParams[], facts: BackfillFacts): void {
  const today = easternDate(facts.now);
  const problems: FieldProblem[] = params.flatMap(({ runDate }, index) => {
    const problem =
      runDate > today
        ? `${runDate} is in the future: today is ${today} in US Eastern time`
        : runDate < facts.firstSeasonStart
          ? `${runDate} is before the first season, which began on ${facts.firstSeasonStart}`
          : null;
    return problem ? [{ path: `params.${index}.runDate`, message: problem }] : [];
  });
  if (problems.length === 0) return;
  throw new AppError("invalid-request", problems.map(({ message }) => message).join("; "), {
    fields: problems,
  });
}

function dateWarnings(date: GameDate, { dates, now }: BackfillFacts): RunWarning[] {
  const warnings: RunWarning[] = [];
  const known = dates.get(date);
  if (dueAt(date) > now) {
    const due = `${dueAt(date).toISOString().slice(0, 16).replace("T", " ")} UTC`;
    warnings.push({
      code: "not-due",
      text: `${longLabel(date)} is not due before ${due}: the source may have nothing yet.`,
    });
  }
  if (known?.state === "whole")
    warnings.push({
      code: "nothing-missing",
      text: "Nothing is missing on this date; its rows will be written again, and silver will then need a dbt refresh.",
    });
  if (known?.state === "stale")
    warnings.push({
      code: "nothing-missing",
      text: "Bronze is whole on this date: what it needs is a dbt refresh, not a backfill.",
    });
  if (known?.state === "off")
    warnings.push({ code: "nothing-missing", text: "No game is expected on this date." });
  return warnings;
}

function orderWarnings(order: BackfillOrder, facts: BackfillFacts): RunWarning[] {
  const warnings = commonWarnings(facts, {
    heldByDailyRun: backfill.heldByDailyRun,
    overridden: order.overrideDailyRun,
    sharesWhat: "both will share the source's limit and wait for each other's table locks",
  });
  warnings.push(...flagWarnings(facts));
  if (facts.datesProblem) {
    warnings.push({
      code: "warehouse-stale",
      text: `The warehouse cannot be measured now (${facts.datesProblem}); the run will need it to start.`,
    });
  }
  return warnings;
}

const FLAG_EFFECT = {
  boxscores: "a backfill writes neither box scores nor play-by-play",
  pbp: "a backfill writes no play-by-play",
} as const;

function flagWarnings({ flags, flagsProblem }: BackfillFacts): RunWarning[] {
  if (!flags)
    return flagsProblem
      ? [{ code: "flag-missing", text: `The feature flags cannot be read: ${flagsProblem}` }]
      : [];
  return (["boxscores", "pbp"] as const).flatMap((flag): RunWarning[] => {
    if (flags.get(flag) === true) return [];
    return flags.has(flag)
      ? [{ code: "flag-off", text: `The flag ${flag} is off: ${FLAG_EFFECT[flag]}, and exits 0.` }]
      : [
          {
            code: "flag-missing",
            text: `The flag ${flag} does not exist in gold.feature_flags: the program will fail.`,
          },
        ];
  });
}
