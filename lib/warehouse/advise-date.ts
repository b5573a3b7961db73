import { assertNever } from "@/lib/assert-never";
import type { Advice, BuildAdvice, SilverState } from "@/lib/contracts/coverage";
import { addDays, dueAt, type GameDate, shortLabel } from "@/lib/game-date";
import type { DateFacts } from "./classify-date";
import type { Doubling } from "./find-doubling";
import { type JudgedGame, lagsInSilver } from "./judge-games";
import { hasBoxscores, hasPlays, isWholeInBronze } from "./measured-game";

/** What a date's box scores and plays are built by, and all that is made of them. */
const FACTS_AND_AFTER = ["fact_boxscores+", "fact_pbp_data+"];
const SELECTIVE_BUILD = `dbt build --select ${FACTS_AND_AFTER.join(" ")} --target prod`;

/** The first stage of a date that lags, the step that would help, and why, in numbers. */
export function adviseDate(facts: DateFacts): Advice {
  const { state, expected } = facts;
  switch (state) {
    case "upcoming":
      return nothingToDo(
        `${expected.length === 0 ? "No" : expected.length} ${games(expected.length)} scheduled`,
      );
    case "off":
      return nothingToDo(offText(facts.games));
    case "pending":
      return { stage: "scheduled", step: "wait", text: pendingText(facts), command: null, dbt: null };
    case "missing":
    case "partial":
      return { stage: "bronze", step: "backfill", text: lackText(expected), command: null, dbt: null };
    case "stale":
      return staleAdvice(facts);
    case "whole":
      return nothingToDo(wholeText(facts));
    default:
      return assertNever(state);
  }
}

function nothingToDo(text: string): Advice {
  return { stage: "none", step: "none", text, command: null, dbt: null };
}

function games(count: number): string {
  return count === 1 ? "game" : "games";
}

function offText(all: readonly JudgedGame[]): string {
  const apart = (["unscheduled", "withdrawn", "waived", "unplayed"] as const).flatMap((standing) => {
    const count = all.filter((game) => game.standing === standing).length;
    return count > 0 ? [`${count} ${standing}`] : [];
  });
  return apart.length > 0 ? `No games expected: ${apart.join(", ")}` : "No games";
}

const EASTERN_TIME = new Intl.DateTimeFormat("en-US", {
  timeZone: "America/New_York",
  hour: "numeric",
  minute: "2-digit",
});

function pendingText({ date, expected }: DateFacts): string {
  const whole = expected.filter(({ measured }) => isWholeInBronze(measured)).length;
  const eastern = EASTERN_TIME.format(dueAt(date)).replace(/\s/g, " ");
  const due = `Due ${shortLabel(addDays(date, 1))} at 12:30 UTC (${eastern} ET)`;
  return whole > 0 ? `${due}; ${whole} of ${expected.length} ${games(expected.length)} there already` : due;
}

function lackText(expected: readonly JudgedGame[]): string {
  const total = expected.length;
  const lackBoxscores = expected.filter(({ measured }) => !hasBoxscores(measured));
  const lackPlays = expected.filter(({ measured }) => !hasPlays(measured));
  const lackBoth = lackBoxscores.filter(({ measured }) => !hasPlays(measured)).length;
  const counted = (count: number, what: string, noun = "") =>
    `${count} of ${total}${noun && ` ${noun}`} ${count === 1 ? "lacks" : "lack"} ${what}`;
  if (lackBoth === lackBoxscores.length && lackBoth === lackPlays.length)
    return counted(lackBoth, "box scores and play-by-play", games(total));
  if (lackBoxscores.length === 0) return counted(lackPlays.length, "play-by-play", games(total));
  if (lackPlays.length === 0) return counted(lackBoxscores.length, "box scores", games(total));
  return `${counted(lackBoxscores.length, "box scores", games(total))}, ${counted(lackPlays.length, "play-by-play")}`;
}

function wholeText({ expected, silver }: DateFacts): string {
  const total = expected.length;
  const there = `${total} of ${total} ${games(total)} in bronze`;
  return silver.boxscores || silver.pbp ? `${there} and silver` : `${there}; silver does not exist here`;
}

const SILVER_LAG: Record<SilverState, string | null> = {
  absent: "without box scores",
  fewer: "with fewer box scores than bronze",
  older: "with older box scores than bronze",
  doubled: "with doubled box scores",
  whole: null,
  waits: null,
};

function staleAdvice(facts: DateFacts): Advice {
  const dbt = adviseBuild(facts.date, facts.games, facts.newestSilverPlay, facts.doubling);
  return {
    stage: "silver",
    step: "dbt",
    text: `${silverLagText(facts.expected)}. ${dbt.why}.`,
    command: dbt.fullRefresh ? `${SELECTIVE_BUILD} --full-refresh` : SELECTIVE_BUILD,
    dbt,
  };
}

/**
 * The build that takes a date into silver, rebuilt exactly where the usual one would leave it behind, or would
 * break off at doubled box scores of any date.
 */
export function adviseBuild(
  date: GameDate,
  games: readonly JudgedGame[],
  newestSilverPlay: GameDate | null,
  doubling: Doubling | null,
): BuildAdvice {
  const ownReason = whyFullRefresh(date, games, newestSilverPlay);
  const reason = ownReason ?? (doubling && doublingText(doubling));
  return {
    select: [...FACTS_AND_AFTER],
    fullRefresh: reason !== null,
    why: reason ? `It takes a full refresh: ${reason}` : "The usual build takes it in",
    forAnother: ownReason === null && reason !== null,
  };
}

function doublingText({ date, isThere }: Doubling): string {
  const what = isThere
    ? `silver's box scores of ${shortLabel(date)} are doubled`
    : `the usual build may double box scores of ${shortLabel(date)}`;
  return `${what}, and the test that fails then holds up all that comes after it`;
}

/** `7 of 9 games are behind in silver: 7 without box scores`; how, game by game, of those `expected`. */
export function silverLagText(expected: readonly JudgedGame[]): string {
  const behind = expected.filter(lagsInSilver);
  const boxscores = Object.entries(SILVER_LAG).flatMap(([state, text]) => {
    const count = behind.filter((game) => game.silverBoxscoresState === state).length;
    return text && count > 0 ? [`${count} ${text}`] : [];
  });
  const plays = behind.filter((game) => game.silverPlaysState === "absent").length;
  const parts = plays > 0 ? [...boxscores, `${plays} without play-by-play`] : boxscores;
  const are = behind.length === 1 ? "is" : "are";
  return `${behind.length} of ${expected.length} ${games(expected.length)} ${are} behind in silver: ${parts.join(", ")}`;
}

/**
 * dbt's increments: plays only of dates later than the newest one there; box scores only of rows written later
 * than the newest one there, appended without a key. So the usual build does only for a date that is later than
 * silver's newest play and without box scores in silver (docs/pipeline.md).
 */
function whyFullRefresh(
  date: GameDate,
  games: readonly JudgedGame[],
  newestSilverPlay: GameDate | null,
): string | null {
  const has = (...states: SilverState[]) =>
    games.some(
      ({ silverBoxscoresState }) => silverBoxscoresState !== null && states.includes(silverBoxscoresState),
    );
  if (has("doubled")) return "the usual build would keep the doubled rows";
  if (has("older", "fewer"))
    return "silver already holds box scores of this date, and the usual build may double them";
  const isLate = newestSilverPlay !== null && date <= newestSilverPlay;
  if (isLate && games.some((game) => game.silverPlaysState === "absent"))
    return `the usual build takes only plays later than ${shortLabel(newestSilverPlay)}`;
  if (games.some(({ measured }) => (measured.silverBoxscores?.rows ?? 0) > 0))
    return "silver already holds box scores of this date, and the usual build may double them";
  return isLate
    ? `silver holds plays up to ${shortLabel(newestSilverPlay)}, and the usual build may pass over older box scores`
    : null;
}
