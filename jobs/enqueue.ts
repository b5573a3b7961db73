import { randomUUID } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import type { OrderPreparations, PreparedOrder, PreparedRun, Purpose } from "@/jobs/orders/prepared-order";
import type { RingDoorbell } from "@/jobs/queue";
import { JOBS } from "@/jobs/registry";
import { writeAudit } from "@/lib/audit/write-audit";
import { ACTION_PERMISSION, type Actor } from "@/lib/auth/permissions";
import type { CreateRunsRequest, CreateRunsResponse, RunPreview } from "@/lib/contracts/runs";
import type { DbOrTransaction } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Announce } from "@/lib/events/channel";
import type { Run } from "@/lib/generated/prisma/client";
import { type SurroundingsOptions, spacedUntil, waitingOf } from "@/lib/runs/queue-surroundings";
import { type RunRow, runOfRow } from "@/lib/runs/run-row";
import { OPEN_STATES } from "@/lib/runs/run-states";
import { runSummaryOf } from "@/lib/runs/run-view";

export type EnqueueOptions = SurroundingsOptions & {
  ring: RingDoorbell;
  announce: Announce;
  preparations: OrderPreparations;
};

/** Milliseconds: under a burst of clicks a connection may take its time; longer, and the answer is 503. */
const PATIENCE = { maxWait: 5_000, timeout: 10_000 };

/**
 * What an order would do: the same preparation that `enqueueRuns` stores. Where `actor` may order it, the workers
 * are told that it may come. @throws AppError `invalid-request`
 */
export async function previewRuns(
  options: EnqueueOptions,
  order: CreateRunsRequest,
  actor: Pick<Actor, "permissions">,
): Promise<RunPreview> {
  const prepared = await prepare(options, order, "preview");
  if (actor.permissions.has(ACTION_PERMISSION["run.create"]))
    void options.announce({ type: "previewed", kind: order.kind });
  const [open, spaced] = await Promise.all([
    findOpenRuns(options.db, prepared.runs),
    spacedUntil(options, prepared.runs[0]?.lockKey ?? ""),
  ]);
  const now = options.now().getTime();
  let startsAt = Math.max(now, spaced?.getTime() ?? now);
  const runs = prepared.runs.map((run) => {
    const startsInSeconds = Math.ceil((startsAt - now) / 1_000);
    startsAt += run.requestCost * options.rules.secondsPerRequest * 1_000;
    const active = open.get(run.targetKey);
    return {
      title: run.title,
      params: run.params,
      gameDate: run.gameDate,
      argv: run.argv,
      cwd: run.cwd,
      requests: run.requestCost,
      startsInSeconds,
      warnings: run.warnings,
      alreadyActive: active ? { id: active.id, state: active.state } : null,
      details: run.details,
    };
  });
  return {
    kind: order.kind,
    runs,
    lastStartsInSeconds: runs.at(-1)?.startsInSeconds ?? 0,
    warnings: prepared.warnings,
  };
}

/**
 * Accepts an order: runs and audit in one transaction, then the doorbell, which may fail without loss. A
 * target that has a run on its way already gets that one; so does the same `idempotencyKey` sent again.
 * @throws AppError `invalid-request`, and then nothing was stored.
 */
export async function enqueueRuns(
  options: EnqueueOptions,
  { order, actor, idempotencyKey }: { order: CreateRunsRequest; actor: Actor; idempotencyKey: string | null },
): Promise<CreateRunsResponse> {
  const prepared = await prepare(options, order, "order");
  refuseUnconfirmed(prepared);
  const key = idempotencyKey ?? randomUUID();
  const accepted = await options.db.$transaction(async (transaction) => {
    const results: { run: Run; created: boolean }[] = [];
    for (const run of prepared.runs) results.push(await storeRun(transaction, run, order, actor, key));
    return results;
  }, PATIENCE);
  const created = accepted.filter((result) => result.created);
  // At once: a Redis that hangs costs one wait, and no run.
  await Promise.all(
    created.flatMap(({ run }) => [
      options.ring(order.kind, run.id),
      options.announce({ type: "run", runId: run.id }),
    ]),
  );
  const runs = accepted.map(({ run }) => run);
  const waiting = await waitingOf(options, runs);
  return {
    runs: accepted.map(({ run, created: isNew }) => ({
      ...runSummaryOf(run, waiting.get(run.id) ?? null),
      alreadyActive: !isNew,
    })),
  };
}

/** Hands the order to its kind. TypeScript cannot tell that both have the same kind; the key sees to it. */
function prepare(
  { preparations }: EnqueueOptions,
  order: CreateRunsRequest,
  purpose: Purpose,
): Promise<PreparedOrder> {
  const prepareKind = preparations[order.kind] as (
    order: CreateRunsRequest,
    purpose: Purpose,
  ) => Promise<PreparedOrder>;
  return prepareKind(order, purpose);
}

function refuseUnconfirmed({ unconfirmed = [] }: PreparedOrder): void {
  if (unconfirmed.length === 0) return;
  throw new AppError("invalid-request", unconfirmed.map(({ message }) => message).join(" "), {
    fields: unconfirmed,
  });
}

/**
 * Inserts a run (its id, a UUIDv7, sorts by time) unless its target has one on its way, or the same key has brought it before. One statement
 * decides; a loser of the race reads the winner.
 */
async function storeRun(
  db: DbOrTransaction,
  prepared: PreparedRun,
  order: CreateRunsRequest,
  actor: Actor,
  idempotencyKey: string,
): Promise<{ run: Run; created: boolean }> {
  const { kind, params, title, gameDate, argv, cwd, lockKey, targetKey, requestCost } = prepared;
  const isHeld = JOBS[kind].heldByDailyRun && !order.overrideDailyRun;
  const [created] = await db.$queryRaw<RunRow[]>`
    insert into backcourt.run (id, kind, params, title, game_date, argv, cwd, lock_key, target_key, request_cost,
      override_daily_run, requested_by, requested_by_id, requested_by_token, reason, idempotency_key)
    values (${uuidv7()}::uuid, ${kind}, ${JSON.stringify(params)}::jsonb, ${title}, ${gameDate}, ${argv}, ${cwd},
      ${lockKey}, ${targetKey}, ${requestCost}, ${!isHeld}, ${actor.name}, ${actor.personId}::uuid,
      ${actor.tokenId}::uuid, ${order.reason || null}, ${idempotencyKey})
    on conflict do nothing
    returning *`;
  const run = created ? runOfRow(created) : await findExisting(db, targetKey, idempotencyKey);
  if (!run) return storeRun(db, prepared, order, actor, idempotencyKey);
  await writeAudit(db, {
    actor,
    action: "run.create",
    target: title,
    params: { kind, ...params, overrideDailyRun: order.overrideDailyRun },
    reason: order.reason,
    argv,
    result: "accepted",
    message: created ? undefined : "the run that was already on its way",
    runId: run.id,
  });
  return { run, created: created !== undefined };
}

function findExisting(db: DbOrTransaction, targetKey: string, idempotencyKey: string): Promise<Run | null> {
  return db.run.findFirst({
    where: { targetKey, OR: [{ idempotencyKey }, { state: { in: [...OPEN_STATES] } }] },
    orderBy: { queuedAt: "desc" },
  });
}

async function findOpenRuns(db: DbOrTransaction, runs: readonly PreparedRun[]): Promise<Map<string, Run>> {
  const open = await db.run.findMany({
    where: { targetKey: { in: runs.map((run) => run.targetKey) }, state: { in: [...OPEN_STATES] } },
  });
  return new Map(open.map((run) => [run.targetKey, run]));
}
