import type { SilverState } from "@/lib/contracts/coverage";

/** Silver against bronze for a game, as the games table says it. */
export const SILVER_STATE: Record<SilverState, { label: string; behind: boolean; description: string }> = {
  whole: { label: "", behind: false, description: "silver holds what bronze holds" },
  absent: { label: "absent", behind: true, description: "in bronze, not in silver: dbt is due" },
  fewer: { label: "fewer", behind: true, description: "silver has fewer rows than bronze: dbt is due" },
  older: { label: "older", behind: true, description: "bronze changed after silver was built: dbt is due" },
  doubled: {
    label: "doubled",
    behind: true,
    description: "silver has more rows than bronze: rebuild it with --full-refresh",
  },
  waits: { label: "waits", behind: false, description: "nothing to build from while bronze lacks the game" },
};
