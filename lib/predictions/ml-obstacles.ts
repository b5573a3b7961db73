import type { MlObstacle, MlReason, SeasonFlag } from "@/lib/contracts/run-kinds/ml";
import { addDays, type GameDate, longLabel } from "@/lib/game-date";

/** What the ML program would find if it ran now. */
export type MlSituation = {
  /** Its flag `season`. */
  seasonFlag: SeasonFlag;
  /** The feature table's games; null when it could not be read, `featuresProblem` then says why. */
  features: readonly { date: GameDate | null; game: string; rows: number }[] | null;
  featuresProblem: string | null;
  /** Games that the schedule expects on the date, `LAL @ PHX`. */
  expected: readonly string[];
};

/** Obstacles that keep the program from predicting anything at all. */
const BLOCKING: ReadonlySet<MlReason> = new Set([
  "flag-off",
  "flag-missing",
  "no-games",
  "features-missing",
  "features-empty",
  "date-mismatch",
  "too-early",
  "duplicates",
]);

export function isBlocking({ code }: Pick<MlObstacle, "code">): boolean {
  return BLOCKING.has(code);
}

/** The feature table holds the games of `date(now() - 6 hours)`: from 06:00 UTC on, those of the UTC date. */
function featuresFrom(date: GameDate): Date {
  return new Date(`${date}T06:00:00Z`);
}

/**
 * What keeps the program from predicting the games of `date`, the UTC date, worst first, each with the step that
 * removes it. Empty when it will predict them all.
 */
export function findMlObstacles(date: GameDate, now: Date, situation: MlSituation): MlObstacle[] {
  return [...flagObstacles(situation.seasonFlag), ...featureObstacles(date, now, situation)];
}

function flagObstacles(flag: SeasonFlag): MlObstacle[] {
  if (flag === "off")
    return [
      {
        code: "flag-off",
        text: "The flag season is off: the ML program exits without predicting.",
        step: {
          do: "flag",
          text: "Switch the flag season on.",
          command: "update gold.feature_flags set is_enabled = 1 where flag = 'season'",
        },
      },
    ];
  if (flag === "missing")
    return [
      {
        code: "flag-missing",
        text: "The flag season does not exist in gold.feature_flags: the ML program exits without predicting.",
        step: { do: "flag", text: "Add the flag season with is_enabled 1.", command: null },
      },
    ];
  return [];
}

function featureObstacles(date: GameDate, now: Date, situation: MlSituation): MlObstacle[] {
  const { features, featuresProblem, expected } = situation;
  if (!features) {
    return [
      { code: "features-missing", text: featuresProblem ?? "The feature table cannot be read.", step: BUILD },
    ];
  }
  const isOfDate = (game: { date: GameDate | null }) => game.date === date;
  if (expected.length === 0 && !features.some(isOfDate)) return [noGames(date)];
  if (features.length === 0) return [emptyObstacle(date, now, expected.length)];
  if (!features.every(isOfDate)) return [mismatchObstacle(date, now, features)];
  const repeated = features.filter(({ rows }) => rows > 1).map(({ game }) => game);
  if (repeated.length > 0) {
    return [
      {
        code: "duplicates",
        text: `The feature table holds ${repeated.join(", ")} more than once: the ML program exits 1 and writes nothing.`,
        step: BUILD,
      },
    ];
  }
  const there = new Set(features.map(({ game }) => game));
  const absent = expected.filter((game) => !there.has(game));
  if (absent.length === 0) return [];
  return [
    {
      code: "games-missing",
      text: `The feature table lacks ${absent.join(", ")}: ${absent.length === 1 ? "it gets" : "they get"} no prediction.`,
      step: BUILD,
    },
  ];
}

function noGames(date: GameDate): MlObstacle {
  return {
    code: "no-games",
    text: `No game is expected on ${longLabel(date)}: there is nothing to predict.`,
    step: { do: "look", text: "If there is a game after all, look at the schedule.", command: null },
  };
}

function emptyObstacle(date: GameDate, now: Date, expected: number): MlObstacle {
  const text = `The feature table is empty; ${expected} ${expected === 1 ? "game is" : "games are"} expected on ${longLabel(date)}.`;
  if (now < featuresFrom(date)) return tooEarly(date, text);
  return { code: "features-empty", text, step: BUILD };
}

function mismatchObstacle(
  date: GameDate,
  now: Date,
  features: readonly { date: GameDate | null }[],
): MlObstacle {
  const dates = [...new Set(features.map((game) => (game.date ? longLabel(game.date) : "no readable date")))];
  const text = `The feature table holds the games of ${dates.join(" and ")}; the ML program predicts those of ${longLabel(date)}.`;
  if (now < featuresFrom(date)) return tooEarly(date, text);
  return { code: "date-mismatch", text, step: BUILD };
}

/** Before 06:00 UTC a build changes nothing: it would fill in the games of the day before. */
function tooEarly(date: GameDate, text: string): MlObstacle {
  return {
    code: "too-early",
    text: `${text} Before 06:00 UTC dbt still builds the games of ${longLabel(addDays(date, -1))}.`,
    step: {
      do: "wait",
      text: "From 06:00 UTC on, build ml_game_features with dbt, then run this again.",
      command: null,
    },
  };
}

const BUILD: MlObstacle["step"] = {
  do: "dbt",
  text: "Build ml_game_features with dbt, then run this again.",
  command: "dbt build --select ml_game_features --target prod",
};
