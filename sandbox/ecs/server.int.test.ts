import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import {
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  RunTaskCommand,
} from "@aws-sdk/client-ecs";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { REFRESH_TOKEN, SANDBOX_CREDENTIALS, SANDBOX_TARGET } from "../testing/sandbox-dashboard-names";
import { createThrowawayWarehouse, type ThrowawayWarehouse } from "../testing/throwaway-warehouse";

const SERVER = fileURLToPath(new URL("server.ts", import.meta.url));
const DASHBOARD = fileURLToPath(new URL("../dashboard/server.ts", import.meta.url));

let warehouse: ThrowawayWarehouse;
let server: ChildProcess;
let client: ECSClient;
let ecsUrl: string;
let pageUrl: string;

beforeAll(async () => {
  warehouse = await createThrowawayWarehouse();
});
afterEach(async () => {
  client?.destroy();
  if (server.exitCode === null && server.signalCode === null) {
    server.kill("SIGKILL");
    await once(server, "exit");
  }
});
afterAll(() => warehouse.drop());

/** The server as the demo starts it, until its one task serves. */
async function start(): Promise<void> {
  server = spawn(process.execPath, ["--import", "tsx", SERVER], {
    env: {
      PATH: process.env.PATH ?? "",
      NODE_ENV: "test",
      SANDBOX_ECS_PORT: "0",
      SANDBOX_ECS_CLUSTER: SANDBOX_TARGET.cluster,
      SANDBOX_ECS_SERVICE: SANDBOX_TARGET.service,
      SANDBOX_ECS_ACCESS_KEY_ID: SANDBOX_CREDENTIALS.AWS_ACCESS_KEY_ID,
      SANDBOX_ECS_STEP_MS: "40",
      SANDBOX_ECS_REPLACE_MS: "100",
      SANDBOX_ECS_HEALTH_MS: "40",
      SANDBOX_ECS_TASK_COMMAND: JSON.stringify([process.execPath, "--import", "tsx", DASHBOARD]),
      SANDBOX_ECS_TASK_ENV_DASHBOARD_WAREHOUSE_URL: warehouse.readerUrl,
      SANDBOX_ECS_TASK_ENV_DASHBOARD_REFRESH_TOKEN: REFRESH_TOKEN,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [output] = await once(server.stdout ?? server, "data");
  const addresses = /listening on (\S+), its service answers on (\S+)/.exec(String(output));
  [ecsUrl, pageUrl] = [addresses?.[1] ?? "", addresses?.[2] ?? ""];
  client = new ECSClient({
    region: SANDBOX_TARGET.region,
    endpoint: ecsUrl,
    credentials: {
      accessKeyId: SANDBOX_CREDENTIALS.AWS_ACCESS_KEY_ID,
      secretAccessKey: SANDBOX_CREDENTIALS.AWS_SECRET_ACCESS_KEY,
    },
  });
  await vi.waitFor(async () => expect((await fetch(pageUrl)).status).toBe(200), {
    timeout: 15_000,
    interval: 50,
  });
}

const control = (method: string, body?: object) =>
  fetch(`${ecsUrl}/control`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });

describe("the sandbox's ECS as a program", () => {
  it("serves the dashboard, whose internal pages ask for the token", async () => {
    await start();
    const page = await (await fetch(pageUrl)).text();
    expect(page).toContain("Data as of");
    const health = (token?: string) =>
      fetch(`${pageUrl}/internal/health`, { headers: token ? { "x-refresh-token": token } : {} });
    expect((await health()).status).toBe(401);
    expect((await health("another-token-of-it")).status).toBe(401);
    expect(await (await health(REFRESH_TOKEN)).json()).toEqual({
      has_snapshot: true,
      last_refreshed_at: expect.stringMatching(/Z$/),
    });
    expect((await fetch(`${pageUrl}/internal/refresh-data`)).status).toBe(401);
  });

  it("takes faults, counts calls, and forgets both", async () => {
    await start();
    expect((await control("PUT", { throttle: -1 })).status).toBe(400);
    expect((await control("PUT", { deny: ["ListTasks"] })).status).toBe(200);
    const { cluster, service: serviceName } = SANDBOX_TARGET;
    await expect(client.send(new ListTasksCommand({ cluster, serviceName }))).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
    expect(await (await control("GET")).json()).toMatchObject({ calls: { ListTasks: 1 }, stops: [] });
    await control("DELETE");
    expect(await (await control("GET")).json()).toMatchObject({ faults: { deny: [] }, calls: {} });
    expect((await client.send(new ListTasksCommand({ cluster, serviceName }))).taskArns).toHaveLength(1);
  });

  it("runs a task beside the service, which is not the service's", async () => {
    await start();
    const { cluster, service } = SANDBOX_TARGET;
    const { taskDefinition } = await client.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: service }),
    );
    const { tasks } = await client.send(
      new RunTaskCommand({ cluster, taskDefinition: taskDefinition?.taskDefinitionArn }),
    );
    const arn = tasks?.[0]?.taskArn ?? "";
    expect(tasks?.[0]?.group).toBe(`family:${service}`);
    await vi.waitFor(
      async () => {
        const described = await client.send(new DescribeTasksCommand({ cluster, tasks: [arn] }));
        expect(described.tasks?.[0]).toMatchObject({ lastStatus: "STOPPED" });
      },
      { timeout: 5_000 },
    );
    expect(
      (await client.send(new ListTasksCommand({ cluster, serviceName: service }))).taskArns,
    ).not.toContain(arn);
  });

  it.each(["SIGTERM", "SIGKILL"] as const)("takes its tasks with it when it ends by %s", async (signal) => {
    await start();
    const task = await dashboardPid();
    server.kill(signal);
    await once(server, "exit");
    await vi.waitFor(() => expect(isAlive(task)).toBe(false), { timeout: 10_000 });
  });
});

/** The one process that this server has started. */
async function dashboardPid(): Promise<number> {
  const children = await readFile(`/proc/${server.pid}/task/${server.pid}/children`, "utf8");
  const pids = children.trim().split(" ").map(Number);
  const commands = await Promise.all(
    pids.map(async (pid) => ({ pid, line: await readFile(`/proc/${pid}/cmdline`, "utf8") })),
  );
  const found = commands.find(({ line }) => line.includes(DASHBOARD));
  if (!found) throw new Error("the server has no task");
  return found.pid;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
