import { shortTaskIds } from "@/components/dashboard/event-text";

/** What ECS said last, at the end of an outcome: the run's page has it in a panel of its own. */
const LAST_EVENTS = / ?The service's last events: [\s\S]*$/;

/** A restart's outcome without ECS's own sentences, its task ids as short as elsewhere. */
export function restartOutcomeText(outcome: string): string {
  return shortTaskIds(outcome.replace(LAST_EVENTS, ""));
}
