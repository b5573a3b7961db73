import { v7 as uuidv7 } from "uuid";
import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/permissions";
import { BUILT_IN_PRESETS, type CreateDbtPresetRequest, type DbtPreset } from "@/lib/contracts/dbt";
import type { Db, DbOrTransaction } from "@/lib/db";
import { AppError, isAppError } from "@/lib/errors";
import { createDbtGraph } from "./dbt-graph";
import { readObservedProject } from "./observed-project";
import { selectNodes } from "./select-nodes";

/** A list for people to choose from, not a store. */
const MAX_PRESETS = 100;

export type CreatePreset = { db: Db; actor: Actor; request: CreateDbtPresetRequest };

/**
 * Saves a selection under a name, with its audit entry. Of two who take the same name at once, one gets the
 * conflict.
 * @throws AppError `invalid-request` for names that the project lacks, `conflict` for a name that is taken,
 * for too many presets, and while the project is not known
 */
export async function createPreset({ db, actor, request }: CreatePreset): Promise<DbtPreset> {
  const { name, selectors, fullRefresh } = request;
  await assertKnown(db, selectors);
  if (BUILT_IN_PRESETS.some((preset) => preset.name.toLowerCase() === name.toLowerCase())) throw taken(name);
  return db.$transaction(async (tx) => {
    if ((await tx.dbtPreset.count()) >= MAX_PRESETS)
      throw new AppError(
        "conflict",
        `There are ${MAX_PRESETS} presets already: delete one that nobody uses.`,
      );
    const created = await insertPreset(tx, actor.name, request);
    if (created === null) throw taken(name);
    const { id, createdAt } = created;
    await writeAudit(tx, {
      actor,
      action: "dbt-preset.create",
      target: name,
      params: { id, name, selectors, fullRefresh },
      result: "accepted",
    });
    return {
      ...request,
      id,
      builtIn: false,
      unavailable: null,
      createdBy: actor.name,
      createdAt: createdAt.toISOString(),
    };
  });
}

async function assertKnown(db: Db, selectors: readonly string[]): Promise<void> {
  const { project, problem } = await readObservedProject(db);
  if (project === null)
    throw new AppError(
      "conflict",
      `A selection cannot be checked while the project is not known. ${problem}`,
    );
  try {
    selectNodes(createDbtGraph(project), selectors);
  } catch (error) {
    if (!isAppError(error)) throw error;
    const fields = error.fields.map(({ path, message }) => ({ path: `selectors.${path}`, message }));
    throw new AppError(error.code, error.message, { cause: error, fields });
  }
}

/** Inserts the preset unless its name is in use, in whatever case; null then. */
async function insertPreset(
  tx: DbOrTransaction,
  actor: string,
  { name, selectors, fullRefresh }: CreateDbtPresetRequest,
): Promise<{ id: string; createdAt: Date } | null> {
  const rows = await tx.$queryRaw<{ id: string; createdAt: Date }[]>`
    insert into backcourt.dbt_preset (id, name, "select", full_refresh, created_by)
    select ${uuidv7()}::uuid, ${name}, ${selectors}::text[], ${fullRefresh}, ${actor}
    where not exists (select from backcourt.dbt_preset where lower(name) = lower(${name}))
    on conflict (name) do nothing
    returning id::text as id, created_at as "createdAt"`;
  return rows[0] ?? null;
}

function taken(name: string): AppError {
  return new AppError(
    "conflict",
    `There is a preset named ${name} already. Choose another name, or delete it first.`,
  );
}
