import { describe, expect, it } from "vitest";
import type { PageAnswer } from "./ask-page";
import { describeHealth, describePage, describeRefresh } from "./dashboard-probe";

const answer = (status: number, body: unknown = ""): PageAnswer => ({
  status,
  body: typeof body === "string" ? body : JSON.stringify(body),
  tookMs: 12,
});

describe("describeHealth", () => {
  it.each([
    ["2026-11-22T12:31:18.123456Z", "2026-11-22T12:31:18.123Z"],
    ["2026-11-22T12:31:18+00:00", "2026-11-22T12:31:18.000Z"],
    ["2026-11-22T07:31:18-0500", "2026-11-22T12:31:18.000Z"],
    // Without a zone the pipeline means UTC.
    ["2026-11-22T12:31:18.123456", "2026-11-22T12:31:18.123Z"],
    ["2026-11-22 12:31:18", "2026-11-22T12:31:18.000Z"],
    [1_795_350_678, "2026-11-22T12:31:18.000Z"],
  ])("reads the moment %s", (written, moment) => {
    const probe = describeHealth(answer(200, { has_snapshot: true, last_refreshed_at: written }));
    expect(probe).toMatchObject({ ok: true, hasSnapshot: true, refreshedAt: moment });
    expect(probe.text).toBe("200, data of 12:31:18 UTC");
  });

  it.each([
    [{ has_snapshot: false, last_refreshed_at: null }, false, "no data loaded yet"],
    [{ status: "ok" }, null, "does not tell of when its data are"],
    [{ has_snapshot: true, last_refreshed_at: "yesterday" }, true, "does not tell of when its data are"],
  ])("takes %j", (body, hasSnapshot, text) => {
    const probe = describeHealth(answer(200, body));
    expect(probe).toMatchObject({ ok: true, hasSnapshot, refreshedAt: null });
    expect(probe.text).toContain(text);
  });

  it.each([
    [answer(401), "DASHBOARD_HEADER_VALUE"],
    [answer(404), "check DASHBOARD_HEALTH_URL"],
    [answer(302), "give DASHBOARD_HEALTH_URL the final address"],
    [answer(503), "no task serves behind it"],
    [answer(500), "answers with an error"],
    [answer(200, "<html>"), "no health document: check DASHBOARD_HEALTH_URL"],
    [{ failure: "the connection was refused", tookMs: 3 }, "the connection was refused"],
  ])("says what is wrong with %j", (given, text) => {
    const probe = describeHealth(given);
    expect(probe.ok).toBe(false);
    expect(probe.text).toContain(text);
  });
});

describe("describePage and describeRefresh", () => {
  it("serve with 2xx only", () => {
    expect(describePage(answer(200)).ok).toBe(true);
    expect(describePage(answer(302))).toMatchObject({ ok: false, status: 302 });
    expect(describeRefresh(answer(202)).ok).toBe(true);
  });

  it.each([404, 405])("tell of a build without a refresh by %i", (status) => {
    expect(describeRefresh(answer(status)).text).toContain("restart it instead");
  });
});
