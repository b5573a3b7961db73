/** `15:42:10.100`, in the reader's own time zone: the same clock as the one on their desk. */
export function formatLogTime(at: string): string {
  const moment = new Date(at);
  const clock = [moment.getHours(), moment.getMinutes(), moment.getSeconds()];
  return `${clock.map((part) => String(part).padStart(2, "0")).join(":")}.${String(moment.getMilliseconds()).padStart(3, "0")}`;
}
