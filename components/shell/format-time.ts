/** Words for moments: relative to now, and exact in US Eastern or local time. */

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `just now`, `12 s ago`, `in 3 min`, `5 h ago`, `in 2 days`. */
export function relativeText(at: Date, now: Date): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  const size = Math.abs(seconds);
  if (size < 10) return "just now";
  const amount = amountText(size);
  return seconds > 0 ? `in ${amount}` : `${amount} ago`;
}

/** A length of time in its one or two largest units: `45 s`, `1 min 50 s`, `12 min`, `5 h`, `3 days`. */
export function amountText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < MINUTE) return `${whole} s`;
  if (whole < 5 * MINUTE && whole % MINUTE >= 10)
    return `${Math.floor(whole / MINUTE)} min ${whole % MINUTE} s`;
  if (whole < 100 * MINUTE) return `${Math.round(whole / MINUTE)} min`;
  if (whole < 2 * DAY) return `${Math.round(whole / HOUR)} h`;
  return `${Math.round(whole / DAY)} days`;
}

const EASTERN = "America/New_York";
const moment: Intl.DateTimeFormatOptions = {
  weekday: "short",
  month: "short",
  day: "numeric",
  hour: "numeric",
  minute: "2-digit",
};
const EASTERN_MOMENT = new Intl.DateTimeFormat("en-US", { ...moment, timeZone: EASTERN });
const EASTERN_TIME = new Intl.DateTimeFormat("en-US", {
  hour: "numeric",
  minute: "2-digit",
  timeZone: EASTERN,
});
const LOCAL_MOMENT = new Intl.DateTimeFormat("en-US", { ...moment, timeZoneName: "short" });

/** `Sun Nov 22, 3:41 PM ET` */
export function easternMoment(at: Date): string {
  return `${tidy(EASTERN_MOMENT.format(at))} ET`;
}

/** `3:41 PM ET` */
export function easternTime(at: Date): string {
  return `${EASTERN_TIME.format(at).replace(/\u202f/g, " ")} ET`;
}

/** `Sun Nov 22, 9:41 PM GMT+1`: the reader's own zone. */
export function localMoment(at: Date): string {
  return tidy(LOCAL_MOMENT.format(at));
}

function tidy(text: string): string {
  return text.replace(/\u202f/g, " ").replace(", ", " ");
}
