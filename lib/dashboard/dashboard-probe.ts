import { z } from "zod";
import type { Probe } from "@/lib/contracts/dashboard";
import { askPage, type PageAnswer } from "./ask-page";

/** Where the dashboard answers; what is not configured is null. Only these addresses are ever asked. */
export type DashboardAddresses = {
  pageUrl: string | null;
  healthUrl: string | null;
  refreshUrl: string | null;
  /** Sent to the health and refresh URLs, never to the page. */
  header: { name: string; value: string } | null;
};

/** The dashboard itself, as its readers and its operators reach it. No method rejects. */
export type DashboardProbe = {
  readonly addresses: DashboardAddresses;
  /** Loads the page, which makes a new task read its data. Null where no page is configured. */
  page(signal?: AbortSignal): Promise<Probe | null>;
  /** Null where no health URL is configured. */
  health(signal?: AbortSignal): Promise<Probe | null>;
  /** Has the dashboard read its data anew; null where that is not configured. */
  refresh(signal?: AbortSignal): Promise<Probe | null>;
};

/** A first page may take its time: its task reads every mart. */
const PAGE_TIMEOUT_MS = 15_000;
const HEALTH_TIMEOUT_MS = 5_000;
/** A refresh may answer only when it is done. */
const REFRESH_TIMEOUT_MS = 120_000;

const healthSchema = z.looseObject({
  has_snapshot: z.boolean().nullish(),
  last_refreshed_at: z.union([z.string(), z.number()]).nullish(),
});

/** The dashboard at `addresses`. */
export function createDashboardProbe(addresses: DashboardAddresses): DashboardProbe {
  const { pageUrl, healthUrl, refreshUrl, header } = addresses;
  const headers = header ? { [header.name]: header.value } : {};
  return {
    addresses,
    async page(signal) {
      if (pageUrl === null) return null;
      return describePage(await askPage({ url: pageUrl, method: "GET", timeoutMs: PAGE_TIMEOUT_MS, signal }));
    },
    async health(signal) {
      if (healthUrl === null) return null;
      const answer = await askPage({
        url: healthUrl,
        method: "GET",
        headers,
        timeoutMs: HEALTH_TIMEOUT_MS,
        signal,
      });
      return describeHealth(answer);
    },
    async refresh(signal) {
      if (refreshUrl === null) return null;
      const answer = await askPage({
        url: refreshUrl,
        method: "POST",
        headers: { ...headers, "content-length": "0" },
        timeoutMs: REFRESH_TIMEOUT_MS,
        signal,
      });
      return describeRefresh(answer);
    },
  };
}

/** A page that was asked for: it serves when it answers 2xx. */
export function describePage(answer: PageAnswer): Probe {
  return probeOf(answer, "DASHBOARD_PAGE_URL", () => null);
}

/** `GET /internal/health`: whether data are loaded, and since when. */
export function describeHealth(answer: PageAnswer): Probe {
  const described = probeOf(answer, "DASHBOARD_HEALTH_URL", () => null);
  if (!described.ok || "failure" in answer) return described;
  const parsed = healthSchema.safeParse(parseJson(answer.body));
  if (!parsed.success) {
    const text = `${answer.status}, but no health document: check DASHBOARD_HEALTH_URL`;
    return { ...described, ok: false, text };
  }
  const hasSnapshot = parsed.data.has_snapshot ?? null;
  const refreshedAt = momentOf(parsed.data.last_refreshed_at ?? null);
  const text = refreshedAt
    ? `${answer.status}, data of ${refreshedAt.slice(11, 19)} UTC`
    : hasSnapshot === false
      ? `${answer.status}, no data loaded yet`
      : `${answer.status}, and does not tell of when its data are`;
  return { ...described, text, hasSnapshot, refreshedAt };
}

/** `POST /internal/refresh-data` */
export function describeRefresh(answer: PageAnswer): Probe {
  return probeOf(answer, "DASHBOARD_REFRESH_URL", (status) =>
    status === 404 || status === 405
      ? "this build of the dashboard cannot refresh: restart it instead"
      : null,
  );
}

function probeOf(answer: PageAnswer, variable: string, explain: (status: number) => string | null): Probe {
  const base = { tookMs: answer.tookMs, hasSnapshot: null, refreshedAt: null };
  if ("failure" in answer) return { ...base, ok: false, status: null, text: answer.failure };
  const { status } = answer;
  if (status >= 200 && status < 300) return { ...base, ok: true, status, text: String(status) };
  const why = explain(status) ?? explainStatus(status, variable);
  return { ...base, ok: false, status, text: `${status}: ${why}` };
}

function explainStatus(status: number, variable: string): string {
  if (status === 401 || status === 403)
    return "it refuses the token; check DASHBOARD_HEADER_NAME and DASHBOARD_HEADER_VALUE";
  if (status === 404) return `there is no such page; check ${variable}`;
  if (status >= 300 && status < 400) return `it redirects; give ${variable} the final address`;
  if (status === 502 || status === 503 || status === 504) return "no task serves behind it";
  return "it answers with an error";
}

/** A moment as the dashboard writes it: ISO, without a zone in UTC, or seconds since 1970. */
function momentOf(value: string | number | null): string | null {
  if (value === null) return null;
  const moment =
    typeof value === "number"
      ? new Date(value * 1_000)
      : new Date(/(Z|[+-]\d{2}:?\d{2})$/i.test(value) ? value : `${value.replace(" ", "T")}Z`);
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
