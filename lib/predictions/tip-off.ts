import type { GameDate } from "@/lib/game-date";

const WRITTEN = /^\s*(0?[1-9]|1[0-2]):([0-5][0-9])\s*([ap])m?\s*$/i;

/** Hours by which Eastern time is behind UTC: in winter and in summer. */
const OFFSETS = [5, 4] as const;

const EASTERN = new Intl.DateTimeFormat("en-CA", {
  timeZone: "America/New_York",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/**
 * The moment of a tip-off that the schedule writes in Eastern time: `7:30p`. Null for what names no such time:
 * nothing, or the bare `11:00` of a play-off game that may not be played.
 */
export function tipOffMoment(date: GameDate, written: string | null): Date | null {
  const match = written === null ? null : WRITTEN.exec(written);
  if (!match) return null;
  const [, hour, minute = "", half] = match;
  const hours = (Number(hour) % 12) + (half?.toLowerCase() === "p" ? 12 : 0);
  const clock = `${String(hours).padStart(2, "0")}:${minute}`;
  const asUtc = Date.parse(`${date}T${clock}:00Z`);
  if (Number.isNaN(asUtc)) return null;
  const candidates = OFFSETS.map((offset) => new Date(asUtc + offset * 3_600_000));
  // An hour that the clocks skip has no moment of its own: the winter's stands for it.
  return candidates.find((moment) => easternClock(moment) === `${date} ${clock}`) ?? candidates[0] ?? null;
}

function easternClock(moment: Date): string {
  return EASTERN.format(moment).replace(", ", " ");
}
