import { datesFromTo, easternDate, isGameDate } from "../../lib/game-date";
import { gamesOn, type ScheduledGame, seasonWindow } from "../season/season";
import { boxScoreLines, playLines } from "../season/source-lines";
import type { ControlState, DateFaults } from "./control-state";

export interface Answer {
  status: number;
  /** A string goes out as text, anything else as JSON. */
  body: unknown;
}

/** What the site knows at this moment. */
export interface SiteState {
  anchorDate: string;
  now: Date;
  control: ControlState;
}

/** Answers one of the site's pages, 404 for any other. Pure: the same state gives the same answer. */
export function answerPage(url: URL, site: SiteState): Answer {
  if (url.pathname === "/schedule") return schedulePage(site);
  if (url.pathname !== "/boxscores" && url.pathname !== "/pbp") return { status: 404, body: "Not Found" };
  const date = url.searchParams.get("date");
  if (date === null || !isGameDate(date)) return { status: 400, body: "date=YYYY-MM-DD is needed" };
  return url.pathname === "/boxscores"
    ? boxScoresPage(date, site)
    : playsPage(date, url.searchParams.get("home"), site);
}

function schedulePage({ anchorDate }: SiteState): Answer {
  const { first, last } = seasonWindow(anchorDate);
  const games = datesFromTo(first, last).flatMap((date) => gamesOn(date, anchorDate));
  return {
    status: 200,
    body: games.map(({ date, away, home, startTime }) => ({
      date,
      away: away.name,
      home: home.name,
      startTime,
    })),
  };
}

function boxScoresPage(date: string, site: SiteState): Answer {
  const games = gamesOn(date, site.anchorDate);
  if (games.length === 0) return { status: 200, body: { date, status: "no games", games: [] } };
  const published = publishedGames(date, site);
  return {
    status: 200,
    body: {
      date,
      status: published.length === 0 ? "not available" : "available",
      games: published.map((game) => ({
        away: game.away.acronym,
        home: game.home.acronym,
        players: boxScoreLines(game),
      })),
    },
  };
}

function playsPage(date: string, home: string | null, site: SiteState): Answer {
  const published = publishedGames(date, site);
  const at = published.findIndex((game) => game.home.acronym === home);
  const game = published[at];
  if (game === undefined) return { status: 404, body: "Not Found" };
  const failing = faultsOn(date, site)?.failPages.find((page) =>
    "home" in page ? page.home === home : page.game === at + 1,
  );
  if (failing !== undefined) {
    return { status: failing.status, body: failing.status === 404 ? "Not Found" : "Internal Server Error" };
  }
  return { status: 200, body: { date, away: game.away.acronym, home, plays: playLines(game) } };
}

/** The games whose data the site shows: those of past dates, less what the control document holds back. */
function publishedGames(date: string, site: SiteState): ScheduledGame[] {
  if (date >= easternDate(site.now)) return [];
  const faults = faultsOn(date, site);
  if (faults?.late === true) return [];
  return gamesOn(date, site.anchorDate).slice(0, faults?.partial);
}

function faultsOn(date: string, site: SiteState): DateFaults | undefined {
  return site.control.dates[date];
}
