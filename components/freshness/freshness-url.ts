import { parseAsString, useQueryStates } from "nuqs";
import { type GameDate, isGameDate, longLabel } from "@/lib/game-date";

const SEASON = /^[0-9]{4}$/;

export type FreshnessUrl = {
  /** Null for the current season, or where the address names none that can be. */
  season: string | null;
  date: GameDate | null;
  /** What the address asks for in vain, in words. */
  problems: string[];
};

/** What the page's address asks for; `date` and `season` as they are written there. */
export function readFreshnessUrl(raw: { season: string | null; date: string | null }): FreshnessUrl {
  const problems: string[] = [];
  const season = raw.season !== null && SEASON.test(raw.season) ? raw.season : null;
  const date = raw.date !== null && isGameDate(raw.date) ? raw.date : null;
  if (raw.season !== null && season === null) {
    problems.push(
      `“${raw.season}” is no season: write the year in which it begins, for example 2026. This is the current one.`,
    );
  }
  if (raw.date !== null && date === null) {
    problems.push(`“${raw.date}” is not a calendar date: write it as YYYY-MM-DD, for example 2026-11-21.`);
  }
  return { season, date, problems };
}

/** Whether a season's calendar shows the date; if not, a sentence for the page. */
export function outsideText(date: GameDate, season: { label: string }): string {
  return `${longLabel(date)} is not in the calendar of season ${season.label}.`;
}

/** The chosen season and date, kept in the address. */
export function useFreshnessUrl() {
  const [raw, setRaw] = useQueryStates({ season: parseAsString, date: parseAsString }, { history: "push" });
  return {
    ...readFreshnessUrl(raw),
    /** Back closes what the first opening opened; going from date to date leaves no trail. */
    setDate: (date: GameDate | null) =>
      void setRaw({ date }, { history: date !== null && raw.date === null ? "push" : "replace" }),
    setSeason: (season: string | null) => void setRaw({ season, date: null }),
    forget: () => void setRaw({ season: null, date: null }, { history: "replace" }),
  };
}
