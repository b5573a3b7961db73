import { preparePeople } from "@/lib/auth/prepare-people";
import { isDatabaseAway } from "@/lib/database-away";
import { EnvironmentError, getWebEnv, readAdmin } from "@/lib/env";
import { explainWrongMethods } from "@/lib/http/explain-wrong-method";
import { mendAddresses } from "@/lib/http/mend-addresses";
import { namePeers } from "@/lib/http/name-peers";
import { getServer } from "./server";

const ASK_AGAIN_MS = 2_000;

/**
 * Opens the process's connections before its first request, and looks at who may come in; ends the process when
 * it cannot be configured. A database that is away is waited for beside the first requests: nobody can sign in
 * without it.
 */
export async function startServerOrExit(): Promise<void> {
  try {
    namePeers();
    mendAddresses();
    explainWrongMethods();
    getServer();
    await prepareOnce();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

async function prepareOnce(): Promise<void> {
  const { db, logger } = getServer();
  const env = getWebEnv();
  try {
    await preparePeople({
      db,
      demo: env.BACKCOURT_DEMO,
      production: env.NODE_ENV === "production",
      admin: readAdmin(env),
      onMade: (email) => logger.info({ email }, "the first admin was made"),
    });
  } catch (error) {
    if (!isDatabaseAway(error)) throw error;
    logger.warn({ err: error }, "who may sign in is looked at again: the database does not answer");
    setTimeout(() => void prepareOrExit(), ASK_AGAIN_MS).unref();
  }
}

async function prepareOrExit(): Promise<void> {
  try {
    await prepareOnce();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
