import type { GameStanding } from "@/lib/contracts/coverage";

/** The games that do not count as expected, apart, and why. */
export const GAME_ASIDE: Record<Exclude<GameStanding, "expected">, { label: string; why: string }> = {
  unscheduled: { label: "Unscheduled", why: "data without a row in the schedule: shown, never a fault" },
  withdrawn: {
    label: "Withdrawn",
    why: "the schedule stopped refreshing this row before its date: postponed or never to be played",
  },
  unplayed: { label: "Unplayed", why: "a play-off slot without a tip-off time and without data" },
  waived: { label: "Waived", why: "an operator said that its data will not come" },
};

export const ASIDE_ORDER = [
  "waived",
  "withdrawn",
  "unplayed",
  "unscheduled",
] as const satisfies GameStanding[];
