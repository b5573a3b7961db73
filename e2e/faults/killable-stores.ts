import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createConsoleDatabase, type ThrowawayDatabase } from "@/lib/testing/throwaway-database";
import type { Child, ChildProcesses, Command } from "@/scripts/services/child-processes.mjs";
import { startPostgres } from "@/scripts/services/postgres.mjs";
import { descendantsOf, isRunning } from "@/scripts/services/process-identity.mjs";
import { startRedis } from "@/scripts/services/redis.mjs";
import { openTestState } from "@/scripts/services/test-services.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** A server of the test's own, to be killed, hung and started again on its port. */
export type KillableServer = {
  pid(): number;
  /** SIGKILL to all of its processes, as when its machine is lost. */
  kill(): Promise<void>;
  /** SIGSTOP: takes connections, answers nothing. */
  hang(): void;
  /** SIGCONT. */
  wake(): void;
  /** After `kill`: PostgreSQL with what was committed, Redis empty. */
  start(): Promise<void>;
};

export type KillableStores = {
  database: ThrowawayDatabase;
  redisUrl: string;
  postgres: KillableServer;
  redis: KillableServer;
  stop(): Promise<void>;
};

/** PostgreSQL for the console and Redis, of this process alone; Redis keeps nothing. */
export async function startKillableStores(): Promise<KillableStores> {
  const state = await openTestState(ROOT);
  const { stateDir, cacheDir } = state;
  const latest = new Map<string, Child>();
  const children: ChildProcesses = {
    ...state.children,
    start(command: Command) {
      const child = state.children.start(command);
      latest.set(command.name, child);
      return child;
    },
  };
  const pidOf = (name: string) => latest.get(name)?.pid ?? -1;
  const killable = (name: string, port: number, start: () => Promise<{ port: number }>): KillableServer => ({
    pid: () => pidOf(name),
    kill: () => killFamily(pidOf(name)),
    hang: () => void process.kill(pidOf(name), "SIGSTOP"),
    wake: () => void process.kill(pidOf(name), "SIGCONT"),
    async start() {
      const started = await start();
      if (started.port !== port) throw new Error(`${name} came back on port ${started.port}, not ${port}.`);
    },
  });
  try {
    const [postgres, redis] = await Promise.all([
      // Durable: what it has confirmed must survive its death.
      startPostgres({ children, stateDir, durable: true }),
      startRedis({ children, stateDir, cacheDir }),
    ]);
    return {
      database: await createConsoleDatabase(postgres.adminUrl),
      redisUrl: redis.url,
      postgres: killable("postgres", postgres.port, () =>
        startPostgres({ children, stateDir, port: postgres.port }),
      ),
      redis: killable("redis", redis.port, () =>
        startRedis({ children, stateDir, cacheDir, port: redis.port }),
      ),
      async stop() {
        await state.children.stopAll();
        state.remove();
      },
    };
  } catch (error) {
    await state.children.stopAll();
    state.remove();
    throw error;
  }
}

/** PostgreSQL's sessions are in groups of their own, so its group alone would leave them, and its memory in use. */
async function killFamily(pid: number): Promise<void> {
  // Held still first, or it would have another child by the time that these are killed.
  signal(pid, "SIGSTOP");
  const family = [...descendantsOf(pid), ...descendantsOf(process.pid).filter((child) => child.pid === pid)];
  for (const member of family) signal(member.pid, "SIGKILL");
  while (family.some(isRunning)) await sleep(10);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It had gone by itself, as sessions do when their server does.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
