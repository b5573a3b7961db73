import type { DashboardState, RestartDue } from "@/lib/contracts/dashboard";
import type { Db } from "@/lib/db";
import { isAppError } from "@/lib/errors";
import { type DueFacts, judgeRestartDue } from "./judge-restart-due";
import { newestPrediction } from "./newest-prediction";
import type { MartTimes } from "./read-marts";

type Sources = {
  db: Db;
  /** @throws WarehouseError */
  readMarts(): Promise<MartTimes>;
};

/**
 * Whether a restart is due for the service as a worker last saw it. A warehouse that does not answer makes it
 * `unknown`, with the reason.
 */
export async function readRestartDue(
  { db, readMarts }: Sources,
  state: DashboardState | null,
): Promise<RestartDue> {
  const [marts, predictionsAt] = await Promise.all([attempt(readMarts), newestPrediction(db)]);
  return judgeRestartDue({ ...servedFacts(state), ...marts, predictionsAt });
}

function servedFacts(state: DashboardState | null): Pick<DueFacts, "served" | "notServed"> {
  if (state === null || state.served !== null) return { served: state?.served ?? null, notServed: null };
  if (state.health?.hasSnapshot === false && state.running > 0)
    return {
      served: null,
      notServed: {
        text: "The dashboard has not read its data yet: it does so at the next page request, afresh.",
        readsAtNextRequest: true,
      },
    };
  return {
    served: null,
    notServed: { text: "No task serves the dashboard now.", readsAtNextRequest: false },
  };
}

async function attempt(
  read: () => Promise<MartTimes>,
): Promise<Pick<DueFacts, "marts" | "notCompared" | "martsProblem">> {
  try {
    return { ...(await read()), martsProblem: null };
  } catch (error) {
    if (!isAppError(error) || error.code !== "warehouse-unavailable") throw error;
    return { marts: [], notCompared: [], martsProblem: error.message };
  }
}
