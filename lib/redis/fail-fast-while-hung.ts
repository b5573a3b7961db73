import type { Redis } from "ioredis";

/** For so long after a command that got no answer in time the others are not even tried. */
const HUNG_MS = 1_000;
const TIMED_OUT = "Command timed out";

/**
 * Makes a Redis that takes commands and does not answer cost one wait a second, however many commands a click
 * needs: the next ones fail at once.
 */
export function failFastWhileHung(redis: Redis): void {
  let hungUntil = 0;
  const send = redis.sendCommand.bind(redis);
  redis.sendCommand = (command, stream) => {
    if (performance.now() < hungUntil) {
      command.reject(new Error("Redis hangs: it did not answer the command before this one."));
      return command.promise;
    }
    const answer = send(command, stream);
    command.promise.catch((error: unknown) => {
      if (error instanceof Error && error.message === TIMED_OUT) hungUntil = performance.now() + HUNG_MS;
    });
    return answer;
  };
}
