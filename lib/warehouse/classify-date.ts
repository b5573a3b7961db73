import type { DateState, DateSummary } from "@/lib/contracts/coverage";
import { dueAt, type GameDate } from "@/lib/game-date";
import { adviseDate } from "./advise-date";
import type { Doubling } from "./find-doubling";
import { type JudgedGame, lagsInSilver } from "./judge-games";
import { gameLabel, hasAnyData, hasBoxscores, hasPlays, isWholeInBronze } from "./measured-game";

export type DateToClassify = {
  date: GameDate;
  games: readonly JudgedGame[];
  /** Today in US Eastern time. */
  today: GameDate;
  /**
   * The clock by which it is due or not: now, or, for a stale measurement, when it was taken. Of a date that
   * fell due since then nobody knows what the warehouse holds by now.
   */
  asOf: Date;
  /** Which of silver's tables exist; without them the state is bronze's. */
  silver: { boxscores: boolean; pbp: boolean };
  /** The newest game date of silver's plays: its increment takes only later ones. */
  newestSilverPlay: GameDate | null;
  /** Where the usual build would break off, whatever date it is for; null also while nobody has looked. */
  doubling: Doubling | null;
};

/** What a date's state and advice are made of. */
export type DateFacts = DateToClassify & { expected: readonly JudgedGame[]; state: DateState };

/** A date's summary by its data alone; its predictions are judged apart. */
export type DateStanding = Omit<DateSummary, "predictions">;

/** Says how a date stands, what it lacks, and which step would help. Pure: no clock and no warehouse. */
export function classifyDate(input: DateToClassify): DateStanding {
  const expected = input.games.filter((game) => game.standing === "expected");
  const state = stateOf(input, expected);
  const facts: DateFacts = { ...input, expected, state };
  const silverMeasured = input.silver.boxscores || input.silver.pbp;
  const count = (standing: JudgedGame["standing"]) =>
    input.games.filter((game) => game.standing === standing).length;
  return {
    date: input.date,
    state,
    dueAt: dueAt(input.date).toISOString(),
    expected: expected.length,
    boxscores: expected.filter(({ measured }) => hasBoxscores(measured)).length,
    pbp: expected.filter(({ measured }) => hasPlays(measured)).length,
    silver: silverMeasured
      ? expected.filter((game) => isWholeInBronze(game.measured) && !lagsInSilver(game)).length
      : null,
    unscheduled: count("unscheduled"),
    withdrawn: count("withdrawn"),
    waived: count("waived"),
    unplayed: count("unplayed"),
    lacking: needsAttention(state) ? expected.flatMap(lackingOf) : [],
    advice: adviseDate(facts),
  };
}

/** The order is the rule: the first that holds is the state. */
function stateOf({ date, today, asOf }: DateToClassify, expected: readonly JudgedGame[]): DateState {
  if (date > today) return "upcoming";
  if (expected.length === 0) return "off";
  if (asOf < dueAt(date)) return "pending";
  if (!expected.some(({ measured }) => hasAnyData(measured))) return "missing";
  if (!expected.every(({ measured }) => isWholeInBronze(measured))) return "partial";
  return expected.some(lagsInSilver) ? "stale" : "whole";
}

/** States that ask for somebody's hand. */
export function needsAttention(state: DateState): boolean {
  return state === "missing" || state === "partial" || state === "stale";
}

function lackingOf(game: JudgedGame): DateSummary["lacking"] {
  const lacks = [
    ...(hasBoxscores(game.measured) ? [] : (["boxscores"] as const)),
    ...(hasPlays(game.measured) ? [] : (["pbp"] as const)),
    ...(lagsInSilver(game) ? (["silver"] as const) : []),
  ];
  return lacks.length > 0 ? [{ game: gameLabel(game.measured), lacks }] : [];
}
