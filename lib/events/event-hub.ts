import { EventEmitter } from "node:events";
import type { Redis } from "ioredis";
import { EVENT_CHANNEL, type WakeEvent, wakeEventSchema } from "./channel";

/** One subscription of a process to the wake events, shared by all its readers. */
export type EventHub = {
  /** Calls `listener` on each event until the returned function is called. */
  listen(listener: (event: WakeEvent) => void): () => void;
  /** False while Redis is away: readers then look by themselves. */
  connected(): boolean;
};

/** Subscribes `subscriber`, a connection that does nothing else. */
export function createEventHub(subscriber: Redis): EventHub {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  let subscribed = false;
  const subscribe = () => {
    subscriber.subscribe(EVENT_CHANNEL).then(
      () => {
        subscribed = true;
      },
      () => {
        subscribed = false;
      },
    );
  };
  subscriber.on("ready", subscribe);
  subscriber.on("close", () => {
    subscribed = false;
  });
  if (subscriber.status === "ready") subscribe();
  subscriber.on("message", (_channel: string, payload: string) => {
    const event = parseEvent(payload);
    if (event) emitter.emit("event", event);
  });
  return {
    listen(listener) {
      emitter.on("event", listener);
      return () => emitter.off("event", listener);
    },
    connected: () => subscribed,
  };
}

function parseEvent(payload: string): WakeEvent | undefined {
  try {
    return wakeEventSchema.safeParse(JSON.parse(payload)).data;
  } catch {
    return undefined;
  }
}
