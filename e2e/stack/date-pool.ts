import { daysBetween, type GameDate } from "@/lib/game-date";
import type { ConsoleApi } from "./console-api";
import type { Stack } from "./start-stack";

/** Whole past dates of the seed, each handed out once, so that tests do not meet on a date. */
export type DatePool = {
  /** A whole date, nothing changed. */
  take(): GameDate;
  /** Whole dates with nothing but each other between them. */
  takeInARow(count: number): GameDate[];
};

/** Enough games that a run lasts while a test looks at it, and few enough that it ends soon. */
const GAMES = { least: 4, most: 12 };

export async function createDatePool(stack: Stack, api: ConsoleApi): Promise<DatePool> {
  const seeded = new Set(stack.holes.map((hole) => hole.date));
  const { dates } = await api.season();
  const free = dates
    .filter(({ date, state, expected }) => {
      return state === "whole" && !seeded.has(date) && expected >= GAMES.least && expected <= GAMES.most;
    })
    .map(({ date }) => date);

  function takeInARow(count: number): GameDate[] {
    for (let index = 0; index + count <= free.length; index += 1) {
      const row = free.slice(index, index + count);
      const [first = "", last = ""] = [row.at(0), row.at(-1)];
      if (daysBetween(first, last) === count - 1) return free.splice(index, count);
    }
    throw new Error(`The seed has no ${count} free dates in a row left.`);
  }

  /** From the other end than rows are, so that single dates do not break them up. */
  function take(): GameDate {
    const date = free.pop();
    if (date === undefined) throw new Error("The seed has no free date left.");
    return date;
  }

  return { take, takeInARow };
}
