import { describe, expect, it } from "vitest";
import { gamesOn } from "../season/season";
import { type Answer, answerPage } from "./answer-page";
import { type ControlState, NO_FAULTS } from "./control-state";

const ANCHOR = "2025-02-10";
const DATE = "2025-02-07";
const GAMES = gamesOn(DATE, ANCHOR);
const [FIRST, SECOND] = GAMES;
if (FIRST === undefined || SECOND === undefined) throw new Error(`${DATE} needs two games`);

function ask(path: string, control: Partial<ControlState> = {}, now = "2025-02-10T17:00:00Z"): Answer {
  const site = { anchorDate: ANCHOR, now: new Date(now), control: { ...NO_FAULTS, ...control } };
  return answerPage(new URL(path, "http://stats-source"), site);
}

const faults = (given: Partial<ControlState["dates"][string]>) => ({
  dates: { [DATE]: { late: false, failPages: [], ...given } },
});

describe("the box scores page", () => {
  const page = `/boxscores?date=${DATE}`;

  it("lists the games of a past date", () => {
    const { status, body } = ask(page);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: "available",
      games: GAMES.map(({ home }) => ({ home: home.acronym })),
    });
  });

  it("has none while a date is being played or late, and says when there are no games", () => {
    const stillPlayed = "2025-02-08T04:59:00Z";
    expect(ask(page, {}, stillPlayed).body).toMatchObject({ status: "not available", games: [] });
    expect(ask(page, {}, "2025-02-08T05:00:00Z").body).toMatchObject({ status: "available" });
    expect(ask(page, faults({ late: true })).body).toMatchObject({ status: "not available", games: [] });
    expect(ask("/boxscores?date=2024-07-01").body).toMatchObject({ status: "no games" });
  });

  it("lists part of the games when told so", () => {
    const { body } = ask(page, faults({ partial: 1 }));
    expect(body).toMatchObject({ games: [{ home: FIRST.home.acronym }] });
  });

  it.each(["/boxscores", "/boxscores?date=2025-02-30", "/pbp?date=07.02.2025"])("refuses %s", (path) => {
    expect(ask(path).status).toBe(400);
  });
});

describe("the play-by-play page", () => {
  const page = (acronym: string) => `/pbp?date=${DATE}&home=${acronym}`;

  it("has the plays of one game", () => {
    expect(ask(page(SECOND.home.acronym))).toMatchObject({
      status: 200,
      body: { away: SECOND.away.acronym, home: SECOND.home.acronym },
    });
    expect(ask(page("XXX")).status).toBe(404);
  });

  it("fails for a team's game or for a game by its place", () => {
    const byTeam = faults({ failPages: [{ home: FIRST.home.acronym, status: 500 }] });
    expect(ask(page(FIRST.home.acronym), byTeam).status).toBe(500);
    expect(ask(page(SECOND.home.acronym), byTeam).status).toBe(200);
    const byPlace = faults({ failPages: [{ game: 2, status: 404 }] });
    expect(ask(page(FIRST.home.acronym), byPlace).status).toBe(200);
    expect(ask(page(SECOND.home.acronym), byPlace).status).toBe(404);
  });
});
