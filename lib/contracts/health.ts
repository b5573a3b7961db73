import { z } from "zod";

export const HEALTH_PARTS = ["web", "worker", "redis", "database", "warehouse"] as const;

export const healthSchema = z.object({
  /** True when every part is up. */
  ok: z.boolean(),
  checkedAt: z.iso.datetime(),
  parts: z.array(
    z.object({
      name: z.enum(HEALTH_PARTS),
      up: z.boolean(),
      /** One line: what is up, since when, or what is wrong and what to do. */
      text: z.string(),
      /** When it was last seen up, where that is known and it is down now. */
      lastSeenAt: z.iso.datetime().nullable(),
      /** Milliseconds that the check took; null where nothing was asked over a wire. */
      tookMs: z.number().nullable(),
    }),
  ),
});
export type Health = z.infer<typeof healthSchema>;
