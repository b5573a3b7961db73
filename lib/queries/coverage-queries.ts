import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { dateCoverageSchema, seasonCoverageSchema, type WaiveGameRequest } from "@/lib/contracts/coverage";
import type { GameDate } from "@/lib/game-date";
import { coverageRefreshMs } from "./coverage-refresh";
import { fetchJson } from "./fetch-json";

/** Keys of everything measured in the warehouse. */
export const coverageKeys = {
  all: ["coverage"] as const,
  season: (season: string | null) => ["coverage", "season", season ?? "current"] as const,
  date: (date: GameDate) => ["coverage", "date", date] as const,
};

/** A season's coverage; the current one when `season` is null. Measured again by itself while on screen. */
export function seasonCoverageQuery(season: string | null) {
  return queryOptions({
    queryKey: coverageKeys.season(season),
    queryFn: ({ signal }) =>
      fetchJson(`/api/coverage${season ? `?season=${season}` : ""}`, seasonCoverageSchema, { signal }),
    refetchInterval: () => coverageRefreshMs(),
  });
}

/** One date, game by game. */
export function dateCoverageQuery(date: GameDate) {
  return queryOptions({
    queryKey: coverageKeys.date(date),
    queryFn: ({ signal }) => fetchJson(`/api/coverage/${date}`, dateCoverageSchema, { signal }),
    refetchInterval: () => coverageRefreshMs(),
  });
}

/** Waives a game: it no longer counts as expected. */
export function waiveGame(request: WaiveGameRequest) {
  return fetchJson("/api/waivers", z.object({ id: z.string() }), { method: "POST", body: request });
}

/** Takes a waiver back. */
export function revokeWaiver(id: string) {
  return fetchJson(`/api/waivers/${id}`, z.object({ id: z.string() }), { method: "DELETE" });
}
