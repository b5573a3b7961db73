import { RUN_STATE_LOOK, type RunStateLook } from "@/components/runs/run-state";
import type { RestartHistory } from "@/lib/contracts/dashboard";
import { runStateSchema } from "@/lib/contracts/runs";

type Restart = RestartHistory["restarts"][number];

/** How a restart ended, in the word that people ask for: whether the dashboard came back. */
export function restartOutcome({
  state,
  mode,
  recovered,
  unservedSeconds,
}: Pick<Restart, "state" | "mode" | "recovered" | "unservedSeconds">): Pick<
  RunStateLook,
  "label" | "glyph" | "tone"
> {
  const look = RUN_STATE_LOOK[runStateSchema.safeParse(state).data ?? "interrupted"];
  if (recovered) return { ...look, label: mode === "refresh" ? "refreshed" : "recovered" };
  if (state === "failed" && unservedSeconds !== null) return { ...look, label: "not recovered" };
  return look;
}
