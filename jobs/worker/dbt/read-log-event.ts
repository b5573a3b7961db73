import { z } from "zod";
import { isReported, momentOf, type NodeStatus, nodeStatusOf, typeOf } from "./node-status";

/** What a line of dbt's structured log tells of the build. */
export type LogEvent =
  | {
      kind: "node";
      uniqueId: string;
      status: NodeStatus;
      /** When it was told. */
      at: string;
      /** Set on its end. */
      seconds: number | null;
      /** `SELECT 30`, or the first words of what went wrong. */
      message: string | null;
      /** Rows that a test found. */
      failures: number | null;
    }
  /** The graph has been read and the nodes begin. */
  | { kind: "begun"; threads: number };

const eventSchema = z.object({
  info: z.object({ name: z.string(), ts: z.string() }),
  data: z.object({
    num_threads: z.number().nullish(),
    status: z.string().nullish(),
    execution_time: z.number().nullish(),
    num_failures: z.number().nullish(),
    node_info: z
      .object({
        unique_id: z.string().nullish(),
        node_status: z.string().nullish(),
      })
      .nullish(),
  }),
});

/** `LogModelResult`, `LogTestResult`, `LogSeedResult`, ...: the end of a node, whatever its type. */
const END = /^Log\w+Result$/;
const SKIP = /^(?:SkippingDetails|LogSkipBecauseError)$/;

/**
 * Reads one line of the file that dbt writes with `DBT_LOG_FORMAT_FILE=json`; null for what tells nothing of a
 * node, for nodes that nothing is run for, and for what is no event.
 */
export function readLogEvent(line: string): LogEvent | null {
  const parsed = eventSchema.safeParse(parseJson(line));
  if (!parsed.success) return null;
  const { info, data } = parsed.data;
  if (info.name === "ConcurrencyLine") return { kind: "begun", threads: data.num_threads ?? 1 };
  const uniqueId = data.node_info?.unique_id;
  const status = statusOf(info.name, data);
  if (!uniqueId || status === null || !isReported(typeOf(uniqueId))) return null;
  const hasEnded = END.test(info.name);
  return {
    kind: "node",
    uniqueId,
    status,
    at: momentOf(info.ts) ?? new Date(0).toISOString(),
    seconds: hasEnded ? (data.execution_time ?? null) : null,
    message: hasEnded ? (data.status ?? null) : null,
    failures: hasEnded ? (data.num_failures ?? null) : null,
  };
}

/** Of a test the event itself says how it ended, of a unit test nothing else does; of a model `status` is a text. */
function statusOf(
  name: string,
  { status, node_info }: z.infer<typeof eventSchema>["data"],
): NodeStatus | null {
  if (name === "LogStartLine") return "running";
  if (SKIP.test(name)) return "skipped";
  return END.test(name) ? (nodeStatusOf(status) ?? nodeStatusOf(node_info?.node_status)) : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A line that was cut by a killed dbt.
    return null;
  }
}
