import { addDays } from "../../lib/game-date";
import type { ScheduledGame } from "../season/season";
import { boxScoreLines, playLines } from "../season/source-lines";
import type { UtcTimestamp } from "./daily-run-times";

interface Stamps {
  created_at: UtcTimestamp;
  modified_at: UtcTimestamp;
}

const DAY_NAME = new Intl.DateTimeFormat("en-US", { weekday: "long", timeZone: "UTC" });
const SCHEDULE_DATE = new Intl.DateTimeFormat("en-US", {
  weekday: "short",
  month: "short",
  day: "numeric",
  year: "numeric",
  timeZone: "UTC",
});

/** A game as a row of `bronze.bbref_league_schedule`. */
export function scheduleRow(game: ScheduledGame, stamps: Stamps) {
  const moment = new Date(`${game.date}T00:00:00Z`);
  return {
    away_team: game.away.name,
    home_team: game.home.name,
    start_time: game.startTime,
    proper_date: game.date,
    date: SCHEDULE_DATE.format(moment),
    day_name: DAY_NAME.format(moment),
    ...stamps,
  };
}

/** A game's rows of `bronze.bbref_player_boxscores`, as the next day's run scraped them. */
export function boxScoreRows(game: ScheduledGame, stamps: Stamps) {
  return boxScoreLines(game).map((line) => ({
    ...line,
    date: game.date,
    type: "Regular Season",
    scrape_date: addDays(game.date, 1),
    ...stamps,
  }));
}

/** A game's rows of `bronze.bbref_player_pbp`, as the next day's run scraped them. */
export function playRows(game: ScheduledGame, stamps: Stamps) {
  return playLines(game).map((line) => ({
    hometeam: game.home.acronym,
    awayteam: game.away.acronym,
    date: game.date,
    ...line,
    scrape_date: addDays(game.date, 1),
    ...stamps,
  }));
}
