import { setMaxListeners } from "node:events";
import { parseArgs } from "node:util";
import { startFaultStack } from "./fault-stack";
import { PROMISES } from "./find-violations";
import { startSoakFaults } from "./soak-faults";
import { startSoakLoad } from "./soak-load";

/** Long enough for a lease that was lost in the last moment, and for what had been queued behind it. */
const SETTLE_MS = 300_000;

const { values } = parseArgs({ options: { minutes: { type: "string" }, seed: { type: "string" } } });
const minutes = Number(values.minutes);
const seed = values.seed ?? String(Date.now());
if (!(minutes > 0)) throw new Error("--minutes must be a number above 0.");

const faults = await startFaultStack({ env: { worker: { WORKER_DRAIN_SECONDS: "2" } } });
// One controller for both: on Node 20 a signal of AbortSignal.any may be collected before it fires.
const over = new AbortController();
let interrupted = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    interrupted = true;
    over.abort();
  });
}

try {
  process.exitCode = await soak();
} finally {
  await faults.stop().catch((error: Error) => {
    // A Ctrl-C also stops the tests' own services, whose databases can then not be dropped, and need not be.
    if (!interrupted) throw error;
  });
  if (interrupted) console.log("soak: stopped");
}

async function soak(): Promise<number> {
  console.log(`soak: ${minutes} min, seed ${seed}`);
  const clock = setTimeout(() => over.abort(), minutes * 60_000);
  // Every pause of every loop listens to it.
  setMaxListeners(0, over.signal);
  const load = startSoakLoad(faults, seed, over.signal);
  const injected = startSoakFaults(faults, seed, over.signal);
  await Promise.all([load.done, injected.done]);
  clearTimeout(clock);
  if (interrupted) return 130;

  console.log("soak: everything is let go; waiting until all is settled");
  const settleBegan = Date.now();
  const { facts, violations } = await faults.inspect(SETTLE_MS);
  const states = new Map<string, number>();
  for (const { state } of facts.runs) states.set(state, (states.get(state) ?? 0) + 1);
  const lines = [...facts.logs.values()].reduce((sum, log) => sum + log.length, 0);
  const readBy = facts.readers.reduce((sum, reader) => sum + reader.lines.length, 0);
  const starts = facts.journal.filter(({ what }) => what === "start").length;
  const print = (what: string, figure: string | number) => console.log(`| ${what} | ${figure} |`);
  console.log("| what | figure |\n| --- | --- |");
  print("faults injected", list(injected.counts));
  print("orders answered", list(load.answers));
  print("runs accepted (202)", facts.accepted.length);
  print("runs stored", facts.runs.length);
  print("by final state", list(states));
  print("program starts", starts);
  print("settled after the last fault", `${Math.round((Date.now() - settleBegan) / 1_000)} s`);
  print("log lines stored", lines);
  print("readers attached, lines read", `${facts.readers.length}, ${readBy}`);
  for (const promise of PROMISES)
    print(promise, violations.filter((violation) => violation.promise === promise).length);
  for (const { promise, runId, text } of violations) {
    const run = facts.runs.find(({ id }) => id === runId);
    const last = facts.logs
      .get(runId)
      ?.slice(-4)
      .map((line) => line.text)
      .join(" | ");
    console.log(
      `BROKEN ${promise}: ${runId}: ${text}; ${run?.state}, ${run?.outcome}; its log ends: ${last}`,
    );
  }
  return violations.length === 0 ? 0 : 1;
}

function list(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([name, count]) => `${name} ${count}`).join(", ");
}
