import { z } from "zod";

/** Actions that the server knows. */
export const ACTIONS = [
  "ListTasks",
  "DescribeTasks",
  "DescribeServices",
  "StopTask",
  "RunTask",
  "DescribeTaskDefinition",
] as const;
export type ActionName = (typeof ACTIONS)[number];

const answering = z.enum(["ok", "error", "hang"]).default("ok");

/** What ECS, or the service that it runs, does wrong. Everything left out is in order. */
export const controlStateSchema = z.strictObject({
  /** The next so many calls get ThrottlingException; it counts down. */
  throttle: z.int().min(0).default(0),
  /** The next so many StopTask calls are carried out, and the connection is cut before the answer. */
  loseStopReply: z.int().min(0).default(0),
  /** The credentials have expired. */
  expired: z.boolean().default(false),
  /** Actions that the caller may not do. */
  deny: z.array(z.enum(ACTIONS)).default([]),
  /** Every connection is cut. */
  down: z.boolean().default(false),
  /** Each answer comes so many milliseconds later. */
  slowMs: z.int().min(0).max(60_000).default(0),
  /** Tasks on one page of ListTasks. */
  pageSize: z.int().min(1).max(100).default(100),
  /** The service's state; `INACTIVE` is how ECS shows one that was deleted. */
  status: z.enum(["ACTIVE", "DRAINING", "INACTIVE"]).default("ACTIVE"),
  /** The desired count, in place of the configured one. */
  desired: z.int().min(0).max(10).optional(),
  /** Tasks that run beyond the desired count. */
  extraTasks: z.int().min(0).max(5).default(0),
  /** What DescribeServices says of the deployment. */
  deployment: z.enum(["completed", "in-progress", "failed"]).default("completed"),
  /** Stopped tasks are not replaced. */
  noReplacement: z.boolean().default(false),
  /** New tasks stop before they run. */
  replacementFails: z.boolean().default(false),
  /** New tasks run, and their health check fails. */
  unhealthy: z.boolean().default(false),
  /** How the service's address answers for `/internal/*`, and for everything else. */
  health: answering,
  page: answering,
});
export type ControlState = z.output<typeof controlStateSchema>;

/** An ECS without faults. */
export const NO_FAULTS: ControlState = controlStateSchema.parse({});

/** Parses a control document; throws an Error that says in words what is wrong and where. */
export function parseControlState(text: string): ControlState {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new Error("the control document is not JSON", { cause: error });
  }
  const parsed = controlStateSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  throw new Error(`the control document is wrong:\n${z.prettifyError(parsed.error)}`);
}
