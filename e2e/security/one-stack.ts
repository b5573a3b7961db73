import { randomBytes } from "node:crypto";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { ROLES, type Role } from "@/lib/contracts/roles";
import { createConsoleDatabase, requireTestService } from "@/lib/testing/throwaway-database";
import { startStack } from "../stack/start-stack";

/** What every file of the suite knows of the one stack that they attack. */
export type AttackedStack = {
  url: string;
  /** A superuser's URL of the console's database, to look at what an attack has done. */
  databaseUrl: string;
  /** The same as the role that web and worker have. */
  appUrl: string;
  redisUrl: string;
  /** Signs the sessions: another web with it accepts them. */
  authSecret: string;
  /** Where a run of a date lasts until it is cancelled: a file named `hold-DATE` in here. */
  programFolder: string;
  webPid: number;
  workerPid: number;
  /** Answers `GET /web` and `GET /worker` with all that the process has printed. */
  outputUrl: string;
  /** A Cookie header of each role. */
  sessions: Record<Role, string>;
  /** The password of the pipeline's program, which nobody may ever read again. */
  programSecret: string;
};

declare module "vitest" {
  interface ProvidedContext {
    stack: AttackedStack;
  }
}

const PROGRAM = fileURLToPath(new URL("program", import.meta.url));
const PROGRAM_SECRET = "pw-7f3a91c4e2-of-the-source";

/** Starts web, worker and stores once for the whole suite. */
export default async function oneStack(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "backcourt-security-"));
  cpSync(PROGRAM, folder, { recursive: true });
  const authSecret = randomBytes(24).toString("hex");
  const database = await createConsoleDatabase();
  const redisUrl = requireTestService("BACKCOURT_TEST_REDIS_URL");
  const stack = await startStack({
    stores: { database, redisUrl },
    ingestion: {
      command: [requireTestService("BACKCOURT_TEST_PYTHON"), join(folder, "hostile.py")],
      cwd: folder,
    },
    env: {
      web: { AUTH_SECRET: authSecret },
      worker: { INGESTION_ENV_SECRET_PW: PROGRAM_SECRET },
    },
  });
  const outputs = createServer((request, response) => {
    response.end((request.url === "/worker" ? stack.worker : stack.web).output());
  });
  await new Promise<void>((resolve) => outputs.listen(0, "127.0.0.1", resolve));
  const sessions = Object.fromEntries(
    await Promise.all(ROLES.map(async (role) => [role, await stack.signIn(role)] as const)),
  ) as Record<Role, string>;
  project.provide("stack", {
    url: stack.url,
    databaseUrl: stack.databaseUrl,
    appUrl: database.url,
    redisUrl,
    authSecret,
    programFolder: folder,
    webPid: stack.web.pid,
    workerPid: stack.worker.pid,
    outputUrl: `http://127.0.0.1:${(outputs.address() as AddressInfo).port}`,
    sessions,
    programSecret: PROGRAM_SECRET,
  });
  return async () => {
    outputs.close();
    outputs.closeAllConnections();
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
