/** A whole task id, 32 hexadecimal digits in the last part of an ARN. */
const TASK_ID = /\b[0-9a-f]{32}\b/g;
const SHORT = 6;

/** ECS's sentence without the service that the page is about, its task ids as short as elsewhere. */
export function eventText(text: string): string {
  return shortTaskIds(text)
    .replace(/^\(service [^)]+\) /, "")
    .replace(/\((task \w+)\)/g, "$1")
    .replace(/\.$/, "");
}

/** A text with ECS's long task ids cut to what tells them apart. */
export function shortTaskIds(text: string): string {
  return text.replace(TASK_ID, (id) => id.slice(0, SHORT));
}
