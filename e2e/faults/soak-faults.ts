import { setTimeout as sleep } from "node:timers/promises";
import type { ChildProgram } from "@/e2e/stack/child-program";
import { type SeededRandom, seededRandom } from "@/sandbox/season/seeded-random";
import type { FaultStack } from "./fault-stack";
import { processesOfRuns } from "./gather-facts";
import type { KillableServer } from "./killable-stores";

const WORKERS = 2;
/** Longer than a lease, now and then. */
const LONGEST_STANDSTILL_MS = 40_000;

type Fault = { name: string; weight: number; inject(random: SeededRandom): Promise<void> };

/**
 * Kills and stops at random until `over`: one loop for the console's own processes, one for its stores, so that
 * both may be away at once. Every fault puts right what it has broken before its loop goes on.
 */
export function startSoakFaults(faults: FaultStack, seed: string, over: AbortSignal) {
  const counts = new Map<string, number>();
  const workers = new Set<ChildProgram>([faults.stack.worker]);

  const pause = (ms: number) => sleep(ms, undefined, { signal: over }).catch(() => undefined);
  const living = () => [...workers].filter((worker) => worker.alive());
  const replaceWorkers = () => {
    for (const worker of workers) if (!worker.alive()) workers.delete(worker);
    while (workers.size < WORKERS) workers.add(faults.stack.startWorker());
  };
  const anyWorker = (random: SeededRandom) => living()[random.between(0, living().length - 1)];
  const untilGone = async (program: ChildProgram) => {
    for (let waited = 0; program.alive() && waited < 60_000; waited += 50) await sleep(50);
  };

  const endWorker = (signal: NodeJS.Signals) => async (random: SeededRandom) => {
    const worker = anyWorker(random);
    worker?.kill(signal);
    await pause(random.between(0, 5_000));
    if (worker) await untilGone(worker);
    replaceWorkers();
  };
  const endWeb = (signal: NodeJS.Signals) => async (random: SeededRandom) => {
    const { web } = faults.stack;
    web.kill(signal);
    await untilGone(web);
    await pause(random.between(0, 3_000));
    faults.stack.startWeb();
  };
  const restart = (server: KillableServer) => async (random: SeededRandom) => {
    await server.kill();
    await pause(random.between(0, 6_000));
    await server.start();
  };
  const hang = (server: KillableServer) => async (random: SeededRandom) => {
    server.hang();
    await pause(random.between(200, 5_000));
    server.wake();
  };
  const standStill = async (random: SeededRandom) => {
    const worker = anyWorker(random);
    worker?.kill("SIGSTOP");
    await pause(random.between(500, LONGEST_STANDSTILL_MS));
    worker?.kill("SIGCONT");
  };
  /** Any process of a run: the program, what it has forked, or what watches over it. */
  const killChild = async (random: SeededRandom) => {
    const runs = await faults.query<{ id: string }>(
      "select id::text as id from backcourt.run where state = 'running'",
    );
    const processes = processesOfRuns(new Set(runs.map(({ id }) => id)));
    const chosen = processes[random.between(0, Math.max(0, processes.length - 1))];
    if (chosen) process.kill(chosen.pid, "SIGKILL");
  };

  const { postgres, redis } = faults.stores;
  const ofProcesses: Fault[] = [
    { name: "worker SIGKILL", weight: 5, inject: endWorker("SIGKILL") },
    { name: "worker SIGTERM", weight: 3, inject: endWorker("SIGTERM") },
    { name: "worker SIGSTOP", weight: 1, inject: standStill },
    { name: "web SIGKILL", weight: 2, inject: endWeb("SIGKILL") },
    { name: "web SIGTERM", weight: 2, inject: endWeb("SIGTERM") },
    { name: "program's process SIGKILL", weight: 4, inject: killChild },
  ];
  const ofStores: Fault[] = [
    { name: "Redis killed, empty again", weight: 3, inject: restart(redis) },
    { name: "Redis SIGSTOP", weight: 3, inject: hang(redis) },
    { name: "PostgreSQL killed", weight: 2, inject: restart(postgres) },
  ];

  const injectOn = async (known: Fault[], between: [number, number], name: string) => {
    const random = seededRandom(`${seed} ${name}`);
    for (await pause(random.between(...between)); !over.aborted; await pause(random.between(...between))) {
      const fault = random.weighted(known, ({ weight }) => weight);
      counts.set(fault.name, (counts.get(fault.name) ?? 0) + 1);
      await fault
        .inject(random)
        .catch((error: Error) => console.log(`soak: ${fault.name}: ${error.message}`));
    }
  };
  replaceWorkers();
  const done = Promise.all([
    injectOn(ofProcesses, [2_000, 9_000], "processes"),
    injectOn(ofStores, [6_000, 20_000], "stores"),
  ]).then(() => replaceWorkers());
  return { counts, done };
}
