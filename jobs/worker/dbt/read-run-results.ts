import { readFile } from "node:fs/promises";
import { z } from "zod";
import { isReported, isTestType, momentOf, type NodeStatus, nodeStatusOf, typeOf } from "./node-status";

/** How dbt says that a node ended. */
export type RunResult = {
  uniqueId: string;
  status: NodeStatus;
  startedAt: string | null;
  seconds: number | null;
  /** Rows that a model wrote, or that a test found; null where dbt counts none, as of a view. */
  rows: number | null;
  message: string | null;
  compiledSql: string | null;
};

/** As dbt 1.7 to 1.11 write it: what one of them lacks is optional. */
const resultSchema = z.object({
  unique_id: z.string(),
  status: z.string(),
  message: z.string().nullish(),
  failures: z.number().nullish(),
  execution_time: z.number().nullish(),
  timing: z.array(z.object({ started_at: z.string().nullish() })).nullish(),
  adapter_response: z.record(z.string(), z.unknown()).nullish(),
  compiled_code: z.string().nullish(),
});
const runResultsSchema = z.object({ results: z.array(resultSchema) });

/** The results of a build in the order in which its nodes ended; null when dbt has not come to write any. */
export async function readRunResults(path: string): Promise<RunResult[] | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch {
    return null;
  }
  return parseRunResults(text);
}

/** Reads the text of a `run_results.json`; null when it is none, as after a dbt that was killed while it wrote. */
export function parseRunResults(text: string): RunResult[] | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = runResultsSchema.safeParse(json);
  return parsed.success ? parsed.data.results.flatMap(resultOf) : null;
}

function resultOf(result: z.infer<typeof resultSchema>): RunResult[] {
  const { unique_id: uniqueId, timing, compiled_code, execution_time, message } = result;
  const status = nodeStatusOf(result.status);
  const type = typeOf(uniqueId);
  if (status === null || !isReported(type)) return [];
  const hasRun = status !== "skipped";
  return [
    {
      uniqueId,
      status,
      startedAt: momentOf(timing?.[0]?.started_at),
      seconds: hasRun ? (execution_time ?? null) : null,
      rows: isTestType(type) ? (result.failures ?? null) : rowsAffected(result.adapter_response),
      message: message ?? null,
      compiledSql: compiled_code ?? null,
    },
  ];
}

/** psycopg counts -1 for a statement that has no rows. */
function rowsAffected(response: Record<string, unknown> | null | undefined): number | null {
  const rows = response?.rows_affected;
  return typeof rows === "number" && rows >= 0 ? rows : null;
}
