import { z } from "zod";
import type { TaskSnapshot } from "@/lib/aws/service-snapshot";
import {
  dashboardModeSchema,
  servedDataSchema,
  taskRefSchema,
} from "@/lib/contracts/run-kinds/dashboard-restart";

const handleTaskSchema = z.object({
  old: taskRefSchema,
  /** When StopTask was about to be sent; whether it arrived is for ECS to tell. Null: it never was sent. */
  stopRequestedAt: z.iso.datetime().nullable(),
  replacement: taskRefSchema.nullable(),
  servingAt: z.iso.datetime().nullable(),
});
export type HandleTask = z.infer<typeof handleTaskSchema>;

/**
 * What is stored on a run before it touches anything, and at each step after: another worker that takes the
 * run up knows from it which tasks may be stopped, and that no other may.
 */
export const restartHandleSchema = z.object({
  mode: dashboardModeSchema,
  startedAt: z.iso.datetime(),
  /** The tasks to replace, in this order; none for a refresh. */
  tasks: z.array(handleTaskSchema),
  /** Whether ECS checked the old tasks' health: then a new one has to be healthy too. */
  healthChecked: z.boolean(),
  servedBefore: servedDataSchema.nullable(),
  /** The newest event of the service before the run; later ones are the run's. */
  lastEventId: z.string().nullable(),
  /** Milliseconds without a serving task, counted so far. */
  unservedMs: z.number(),
});
export type RestartHandle = z.infer<typeof restartHandleSchema>;

/** A task as receipts name it. */
export function taskRefOf({ arn, shortId, startedAt }: TaskSnapshot): HandleTask["old"] {
  return { arn, shortId, startedAt };
}
