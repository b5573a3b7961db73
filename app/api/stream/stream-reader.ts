import type { WebServer } from "@/app/api/server";
import type { Actor } from "@/lib/auth/permissions";
import { readStanding } from "@/lib/auth/requester-standing";
import { AppError } from "@/lib/errors";
import { TUNABLES } from "@/lib/runs/tunables";
import { type StandingWatch, watchStanding } from "@/lib/streams/watch-standing";

const RETRY_SECONDS = 15;

/** Refuses one more stream to who has as many as one may have at this process. @throws AppError `too-many` */
export function assertFewStreams({ streams, streamsPerPerson }: WebServer, actor: Actor): void {
  if (actor.personId === null || streams.count(actor.personId) < streamsPerPerson) return;
  throw new AppError(
    "too-many",
    `You have ${streamsPerPerson} live pages open. Close some: this one is not told of changes until then.`,
    { retryAfterSeconds: RETRY_SECONDS },
  );
}

/** Keeps an eye on who reads a stream; `end` is called when they may no longer read it, or as somebody else. */
export function watchReader({ db, hub }: WebServer, actor: Actor, end: () => void): StandingWatch {
  const personId = actor.personId ?? "";
  return watchStanding({
    hub,
    personId,
    everyMs: TUNABLES.streamStandingMs,
    look: async () => {
      const { role, lost } = await readStanding(db, { ...actor, personId });
      if (lost !== null) return "lost";
      return role === actor.role ? "same" : "changed";
    },
    onOutcome: end,
  });
}
