import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type SeededRandom, seededRandom } from "@/sandbox/season/seeded-random";
import type { FaultStack } from "./fault-stack";
import type { StubPlan } from "./stub-program";

const DATES = 40;
/** More would only wait for each other: backfills run one at a time. */
const MOST_WAITING = 12;
const MOST_READERS = 8;

/** Orders, cancels and readers until `over`; `answers` counts what the orders were answered with. */
export function startSoakLoad(faults: FaultStack, seed: string, over: AbortSignal) {
  const random = seededRandom(`${seed} load`);
  const dates = Array.from({ length: DATES }, () => faults.takeDate());
  const answers = new Map<string, number>();
  const recent: string[] = [];
  let reading = 0;

  const order = async () => {
    const date = dates[random.between(0, DATES - 1)] ?? "";
    const asMl = random.next() < 0.15;
    // A run under way has read its plan; the next one of the date takes the new one.
    faults.stub.plan(asMl ? "ml" : date, randomPlan(random));
    const key = randomUUID();
    const placed = asMl
      ? [faults.orderOther({ kind: "ml", params: [{ gameDate: utcToday() }] }).then((id) => [id])]
      : Array.from({ length: random.next() < 0.2 ? 3 : 1 }, () => orderDate(date, key));
    for (const answer of await Promise.allSettled(placed)) {
      const word = answer.status === "fulfilled" ? "202" : reasonOf(answer.reason);
      answers.set(word, (answers.get(word) ?? 0) + 1);
      const ids = answer.status === "fulfilled" ? answer.value : [];
      recent.push(...ids.filter((id) => !recent.includes(id)));
    }
    recent.splice(0, Math.max(0, recent.length - 20));
  };

  const orderDate = async (date: string, key: string): Promise<string[]> => {
    const { status, ids } = await faults.order([date], key);
    if (status === 202) return ids;
    throw new Error(`The order was answered with ${status}`);
  };

  const cancel = async () => {
    const id = recent[random.between(0, Math.max(0, recent.length - 1))];
    if (id) await faults.api.post(`/api/runs/${id}/cancel`, {});
  };

  const read = async () => {
    const id = recent.at(-1);
    if (!id || reading >= MOST_READERS) return;
    reading += 1;
    const reader = faults.read(id);
    const cutting = setInterval(() => reader.cut(), random.between(300, 3_000));
    void reader.ended.then(() => {
      reading -= 1;
      clearInterval(cutting);
    });
    over.addEventListener("abort", () => clearInterval(cutting), { once: true });
  };

  const waiting = async () => {
    const rows = await faults.query("select 1 from backcourt.run where state = 'queued'");
    return rows.length;
  };

  /** Whatever a store or the web that is away makes of it: the next turn comes. */
  const turns = async (pause: [number, number], act: () => Promise<void>) => {
    while (!over.aborted) {
      await act().catch(() => undefined);
      await sleep(random.between(...pause), undefined, { signal: over }).catch(() => undefined);
    }
  };

  return {
    answers,
    done: Promise.all([
      turns([200, 900], async () => {
        if ((await waiting().catch(() => 0)) < MOST_WAITING) await order();
      }),
      turns([1_500, 5_000], cancel),
      turns([300, 1_500], read),
    ]),
  };
}

/** The status that an order was refused with; without one the web was away. */
function reasonOf(error: unknown): string {
  return /answered with (\d{3})/.exec(String(error))?.[1] ?? "no answer";
}

function utcToday(): string {
  return new Date().toISOString().slice(0, 10);
}

/** Mostly a short, orderly program; sometimes one of the bad ones. */
function randomPlan(random: SeededRandom): StubPlan {
  const bad = random.next();
  return {
    lines: random.between(0, 60),
    everySeconds: random.next() < 0.5 ? 0 : 0.02,
    linesAfter: random.between(0, 300),
    sleepSeconds: random.next(),
    ...(bad < 0.1 ? { exit: 1 } : {}),
    ...(bad > 0.1 && bad < 0.15 ? { signal: "SIGSEGV" as const } : {}),
    ...(bad > 0.15 && bad < 0.25 ? { ignoreSignals: true } : {}),
    ...(bad > 0.2 && bad < 0.3 ? { setsid: true } : {}),
  };
}
