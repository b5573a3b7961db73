import { TUNABLES } from "@/lib/runs/tunables";
import { type Supervision, type SupervisorOptions, startSupervisor } from "./supervised-process";

/** The supervisors of a worker's runs. */
export type Supervisors = {
  /** A run may soon be ordered: sees to it that a supervisor is up for it, for a while. */
  expectRun(): void;
  /** One for a run that begins now: the one that is up, or else one that comes up meanwhile. */
  take(): Supervision;
  /** Lets go of the one that nobody took. */
  close(): void;
};

export type SupervisorsOptions = Pick<SupervisorOptions, "bundle" | "sleep"> & {
  /** Milliseconds for which one waits for a run that may not come. */
  readyMs?: number;
};

/**
 * Starts supervisors as they are needed, and one ahead when a run is expected: to boot it takes longer than all
 * else between an order and its program, and it uses memory only while somebody is about to order.
 */
export function createSupervisors({
  bundle,
  sleep,
  readyMs = TUNABLES.supervisorReadyMs,
}: SupervisorsOptions): Supervisors {
  let ready: Supervision | null = null;
  let expiry: NodeJS.Timeout | undefined;

  const start = (): Supervision =>
    startSupervisor({
      bundle,
      stopStepMs: TUNABLES.stopStepMs,
      wordMs: TUNABLES.supervisorWordMs,
      silenceMs: TUNABLES.leaseMs,
      sleep,
    });
  const takeReady = (): Supervision | null => {
    clearTimeout(expiry);
    const taken = ready?.isUp() ? ready : null;
    ready = null;
    return taken;
  };
  const close = (): void => takeReady()?.release();

  return {
    expectRun() {
      clearTimeout(expiry);
      if (!ready?.isUp()) ready = start();
      expiry = setTimeout(close, readyMs);
    },
    take: () => takeReady() ?? start(),
    close,
  };
}
