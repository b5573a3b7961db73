import { BUILT_IN_PRESETS, type DbtPreset } from "@/lib/contracts/dbt";
import type { DbOrTransaction } from "@/lib/db";
import { isAppError } from "@/lib/errors";
import type { DbtGraph } from "./dbt-graph";
import { selectNodes } from "./select-nodes";

/**
 * The runbook's presets and the saved ones by name, each with why it cannot be used with the project as it is.
 * @param graph null while no graph is known
 */
export async function listPresets(db: DbOrTransaction, graph: DbtGraph | null): Promise<DbtPreset[]> {
  const saved = await db.dbtPreset.findMany({ orderBy: { name: "asc" } });
  const builtIn = BUILT_IN_PRESETS.map(({ selectors, ...preset }) => ({
    ...preset,
    selectors: [...selectors],
    builtIn: true,
    createdBy: null,
    createdAt: null,
  }));
  const own = saved.map(({ id, name, select, fullRefresh, createdBy, createdAt }) => ({
    id,
    name,
    selectors: select,
    fullRefresh,
    builtIn: false,
    createdBy,
    createdAt: createdAt.toISOString(),
  }));
  return [...builtIn, ...own].map((preset) => ({
    ...preset,
    unavailable: whyUnavailable(graph, preset.selectors),
  }));
}

function whyUnavailable(graph: DbtGraph | null, selectors: readonly string[]): string | null {
  if (graph === null) return "The dbt project's models are not known.";
  try {
    selectNodes(graph, selectors);
    return null;
  } catch (error) {
    if (isAppError(error)) return error.message;
    throw error;
  }
}
