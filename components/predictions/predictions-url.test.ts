import { describe, expect, it } from "vitest";
import { predictionsHref } from "./predictions-href";
import { filterText, type RawPredictionsUrl, readPredictionsUrl } from "./predictions-url";

const EMPTY: RawPredictionsUrl = {
  team: null,
  date: null,
  from: null,
  to: null,
  finding: null,
  sort: null,
  order: null,
  page: null,
  scores: null,
};
const read = (raw: Partial<RawPredictionsUrl>) => readPredictionsUrl({ ...EMPTY, ...raw });

describe("readPredictionsUrl", () => {
  it("is the runbook's query without anything in the address", () => {
    expect(read({})).toEqual({
      filter: { sort: "date", order: "desc", page: 1 },
      sort: "date",
      order: "desc",
      page: 1,
      window: "30",
      filtered: false,
      problems: [],
    });
  });

  it("takes what makes sense", () => {
    const url = read({
      team: "  lakers ",
      from: "2026-11-01",
      to: "2026-11-20",
      finding: "duplicate",
      sort: "edge",
      order: "asc",
      page: "12",
      scores: "season",
    });
    expect(url.filter).toEqual({
      team: "lakers",
      date: undefined,
      from: "2026-11-01",
      to: "2026-11-20",
      finding: "duplicate",
      sort: "edge",
      order: "asc",
      page: 12,
    });
    expect([url.window, url.filtered, url.problems]).toEqual(["season", true, []]);
  });

  it.each<[Partial<RawPredictionsUrl>, RegExp]>([
    [{ date: "2026-02-30" }, /“2026-02-30” is not a calendar date/],
    [{ from: "yesterday" }, /“yesterday” is not a calendar date/],
    [{ from: "2026-11-20", to: "2026-11-01" }, /the first is after the second/],
    [{ finding: "odd" }, /no check called “odd”/],
    [{ sort: "luck" }, /cannot be sorted by “luck”/],
    [{ order: "up" }, /“up” is no order/],
    [{ page: "0" }, /“0” is no page/],
    [{ page: "-1" }, /“-1” is no page/],
    [{ page: "1e3" }, /“1e3” is no page/],
    [{ page: "100001" }, /“100001” is no page/],
    [{ scores: "365" }, /no scores for “365”/],
  ])("names what makes none: %j", (raw, problem) => {
    const { problems } = read(raw);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
  });

  it("leaves out what makes none, and counts blanks as nothing", () => {
    expect(read({ date: "2026-02-30", page: "x", sort: "luck" }).filter).toEqual({
      sort: "date",
      order: "desc",
      page: 1,
    });
    expect(read({ team: "  ", date: "", finding: "" })).toMatchObject({ filtered: false, problems: [] });
  });
});

describe("filterText", () => {
  it.each<[Partial<RawPredictionsUrl>, string]>([
    [{}, ""],
    [{ team: "LAL", date: "2026-11-22" }, "LAL · 2026-11-22"],
    [{ from: "2026-11-01" }, "from 2026-11-01"],
    [{ to: "2026-11-20", finding: "duplicate" }, "until 2026-11-20 · Duplicates"],
    [{ from: "2026-11-01", to: "2026-11-20" }, "2026-11-01 to 2026-11-20"],
  ])("%j", (raw, text) => expect(filterText(read(raw))).toBe(text));
});

describe("predictionsHref", () => {
  it.each([
    [{}, "/predictions#rows"],
    [{ date: "2026-11-22", team: "LAL" }, "/predictions?team=LAL&date=2026-11-22#rows"],
    [{ finding: "not-summing" } as const, "/predictions?finding=not-summing#rows"],
  ])("%j", (filter, href) => expect(predictionsHref(filter)).toBe(href));
});
