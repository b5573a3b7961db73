import type { StaleCoverage } from "@/lib/contracts/coverage";
import type { Logger } from "@/lib/logger";
import type { WarehouseError } from "./warehouse-error";

export type Outage = {
  /** Notes how a reading went, and gives what an answer has to say of it: null when it was fresh. */
  note(failure: WarehouseError | null): StaleCoverage | null;
};

/** Remembers since when the warehouse has given no answer; any answer ends that. */
export function createOutage(now: () => Date, logger?: Pick<Logger, "warn" | "info">): Outage {
  let since: Date | null = null;
  return {
    note(failure) {
      if (!failure) {
        if (since) logger?.info({ since }, "the warehouse answers again");
        since = null;
        return null;
      }
      if (!since) logger?.warn({ reason: failure.reason }, failure.message);
      since ??= now();
      return { since: since.toISOString(), reason: failure.reason, message: failure.message };
    },
  };
}
