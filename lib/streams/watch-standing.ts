import type { EventHub } from "@/lib/events/event-hub";
import type { Outgoing } from "./watch-events";

export type StandingWatch = {
  /** What became of the reader, once it is known. */
  outcome(): "session-ended" | "viewer-changed" | null;
  stop(): void;
};

type WatchStandingOptions = {
  hub: EventHub;
  personId: string;
  /** Whether the reader may still read, and as what. A failed look (the database is away) decides nothing. */
  look(): Promise<"same" | "changed" | "lost">;
  everyMs: number;
  onOutcome(): void;
};

/** Looks again at whoever reads a stream: when the console says that they changed, and every `everyMs`. */
export function watchStanding({
  hub,
  personId,
  look,
  everyMs,
  onOutcome,
}: WatchStandingOptions): StandingWatch {
  let outcome: ReturnType<StandingWatch["outcome"]> = null;
  let looking = false;
  const lookAgain = async () => {
    if (looking || outcome !== null) return;
    looking = true;
    const found = await look().catch(() => "same" as const);
    looking = false;
    if (found === "same" || outcome !== null) return;
    outcome = found === "lost" ? "session-ended" : "viewer-changed";
    stop();
    onOutcome();
  };
  const timer = setInterval(() => void lookAgain(), everyMs);
  timer.unref();
  const unlisten = hub.listen((event) => {
    if (event.type === "person" && event.personId === personId) void lookAgain();
  });
  const stop = () => {
    clearInterval(timer);
    unlisten();
  };
  return { outcome: () => outcome, stop };
}

/** The stream's frames, and at its end, where that was why it ended, what became of its reader. */
export async function* withOutcome(
  frames: AsyncGenerator<Outgoing>,
  watch: StandingWatch,
): AsyncGenerator<Outgoing> {
  try {
    yield* frames;
    const type = watch.outcome();
    if (type) yield { frame: { type } };
  } finally {
    watch.stop();
  }
}
