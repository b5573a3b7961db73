import { easternTime } from "@/components/shell/format-time";
import { easternDate, shortLabel } from "@/lib/game-date";

/** `12:31 PM ET` for a moment of today, `Sat Nov 21, 12:31 PM ET` for one of another Eastern date. */
export function easternDayTime(at: Date, now: Date): string {
  const date = easternDate(at);
  return date === easternDate(now) ? easternTime(at) : `${shortLabel(date)}, ${easternTime(at)}`;
}
