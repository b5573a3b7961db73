import pino from "pino";

export type Logger = pino.Logger;

/** A process's own log: one JSON line each, on stderr's level of detail. Never a secret, never a request body. */
export function createLogger(name: string, level: string): Logger {
  return pino({ name, level, base: { pid: process.pid } });
}
