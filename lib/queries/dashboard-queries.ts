import { queryOptions } from "@tanstack/react-query";
import {
  type DashboardDue,
  dashboardDueSchema,
  dashboardViewSchema,
  restartHistorySchema,
} from "@/lib/contracts/dashboard";
import { fetchJson } from "./fetch-json";

/** Keys of everything about the dashboard's service. */
export const dashboardKeys = {
  all: ["dashboard"] as const,
  view: ["dashboard", "view"] as const,
  restarts: ["dashboard", "restarts"] as const,
  due: ["dashboard", "due"] as const,
};

/** A worker looks often for 15 s after each question; the stream tells of what it sees in between. */
const LOOK_AGAIN_MS = 5_000;
const RESTARTS = 12;

/** The service as a worker last saw it, and whether a restart is due. Asking makes the worker look. */
export function dashboardViewQuery() {
  return queryOptions({
    queryKey: dashboardKeys.view,
    queryFn: async ({ signal, client }) => {
      const view = await fetchJson("/api/dashboard", dashboardViewSchema, { signal });
      const { state, newer } = view.due;
      // So that the navigation says the same as the page.
      client.setQueryData<DashboardDue>(dashboardKeys.due, {
        state: view.configured ? state : "not-configured",
        newer: newer.length,
      });
      return view;
    },
    refetchInterval: LOOK_AGAIN_MS,
  });
}

/** Whether a restart is due, for pages that only name it. */
export function dashboardDueQuery() {
  return queryOptions({
    queryKey: dashboardKeys.due,
    queryFn: ({ signal }) => fetchJson("/api/dashboard/due", dashboardDueSchema, { signal }),
    refetchInterval: 60_000,
  });
}

/** The latest restarts and refreshes that have ended, with how long nothing served. */
export function restartHistoryQuery() {
  return queryOptions({
    queryKey: dashboardKeys.restarts,
    queryFn: ({ signal }) =>
      fetchJson(`/api/dashboard/restarts?limit=${RESTARTS}`, restartHistorySchema, { signal }),
    refetchInterval: 30_000,
  });
}
