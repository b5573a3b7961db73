import type { RunDetail } from "@/lib/contracts/runs";
import { AppError } from "@/lib/errors";
import type { Run } from "@/lib/generated/prisma/client";
import { type SurroundingsOptions, waitingOf } from "./queue-surroundings";
import { runDetailOf } from "./run-view";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A stored run. @throws AppError `not-found` for an id that names none, malformed ones included. */
export async function findRun({ db }: Pick<SurroundingsOptions, "db">, id: string): Promise<Run> {
  const run = UUID.test(id) ? await db.run.findUnique({ where: { id } }) : null;
  if (run) return run;
  throw new AppError("not-found", "There is no run with this id. The list of runs has them all.");
}

/** One run with everything that is known about it. @throws AppError `not-found` */
export async function getRun(options: SurroundingsOptions, id: string): Promise<RunDetail> {
  const run = await findRun(options, id);
  const waiting = await waitingOf(options, [run]);
  return runDetailOf(run, waiting.get(run.id) ?? null);
}
