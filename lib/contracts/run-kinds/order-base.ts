import { z } from "zod";

/** What every order may say, whatever its kind. */
export const orderBaseShape = {
  reason: z.string().trim().max(500).optional(),
  /** Start although the scheduled daily run has its window, or its dbt is at work. */
  overrideDailyRun: z.boolean().default(false),
};
