import { z } from "zod";
import { isGameDate } from "../../lib/game-date";
import { TEAMS } from "../season/teams";

const DEFAULT_REQUESTS_A_MINUTE = 20;
const ACRONYMS = new Set(TEAMS.map((team) => team.acronym));

const dateKey = z.string().refine(isGameDate, { error: "is not a date YYYY-MM-DD" });
const status = z.union([z.literal(404), z.literal(500)], { error: "is 404 or 500" }).default(404);
const failingPageSchema = z.union(
  [
    z.strictObject({
      home: z.string().refine((acronym) => ACRONYMS.has(acronym), { error: "is not a team's acronym" }),
      status,
    }),
    z.strictObject({ game: z.int().min(1), status }),
  ],
  {
    error: 'is {"home": "PHX"} with a team\'s acronym or {"game": 2} counted from 1, and "status" 404 or 500',
  },
);

const dateFaultsSchema = z.strictObject({
  /** The games were played, and the site has no box scores yet. */
  late: z.boolean().default(false),
  /** Only the first so many games have box scores. */
  partial: z.int().min(1).optional(),
  /** Play-by-play pages that answer with an error. */
  failPages: z.array(failingPageSchema).default([]),
});

/** What the stats source does wrong. Everything left out is in order. */
export const controlStateSchema = z.strictObject({
  dates: z.record(dateKey, dateFaultsSchema).default({}),
  /** `destroy` cuts every connection, `503` answers with that status. */
  down: z.union([z.literal(false), z.enum(["destroy", "503"])]).default(false),
  /** Each answer comes so many milliseconds later. */
  slowMs: z.int().min(0).max(60_000).default(0),
  /** Requests beyond so many in a minute get 429; `true` stands for the real site's 20. */
  rateLimit: z
    .union([z.literal(false), z.literal(true).transform(() => DEFAULT_REQUESTS_A_MINUTE), z.int().min(1)])
    .default(false),
});

export type ControlState = z.output<typeof controlStateSchema>;
export type DateFaults = z.output<typeof dateFaultsSchema>;

/** A source without faults. */
export const NO_FAULTS: ControlState = controlStateSchema.parse({});

/** Parses a control document; throws an Error that says in words what is wrong and where. */
export function parseControlState(text: string): ControlState {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new Error("the control document is not JSON", { cause: error });
  }
  const parsed = controlStateSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  throw new Error(`the control document is wrong:\n${z.prettifyError(parsed.error)}`);
}
