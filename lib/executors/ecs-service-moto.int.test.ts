import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeTasksCommand,
  type ECSClient,
  RegisterContainerInstanceCommand,
  RegisterTaskDefinitionCommand,
  StartTaskCommand,
} from "@aws-sdk/client-ecs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { freePort } from "@/e2e/stack/free-port";
import { createEcsClient } from "@/lib/aws/create-ecs-client";
import { createEcsServiceApi } from "@/lib/aws/ecs-service-api";
import { createDashboardProbe } from "@/lib/dashboard/dashboard-probe";
import { requireTestService } from "@/lib/testing/throwaway-database";
import { prepareRestart, startEcsRestart } from "./ecs-service";

/**
 * The same requests against an ECS that is not ours. Moto has no scheduler and runs nothing, so the test plays
 * the scheduler: it starts a task in place of one that was stopped.
 */
const TARGET = { region: "us-east-1", cluster: "jacobs-ecs-ec2-cluster", service: "nba_elt_dashboard" };
const READY_MS = 30_000;
const now = () => new Date();

let server: ChildProcess;
let url: string;
let client: ECSClient;
let instance: string;

beforeAll(async () => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "testing");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "testing");
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  server = spawn(
    requireTestService("BACKCOURT_TEST_MOTO_PYTHON"),
    ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)],
    // Services of moto count as many running tasks as this says.
    {
      env: { PATH: process.env.PATH ?? "", NODE_ENV: "test", MOTO_ECS_SERVICE_RUNNING: "1" },
      stdio: "ignore",
    },
  );
  await untilItAnswers();
  await keepTasksRunning();
  client = createEcsClient({ region: TARGET.region, endpoint: url });
  await createService();
}, READY_MS * 2);

afterAll(async () => {
  client?.destroy();
  server.kill("SIGTERM");
  if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
  vi.unstubAllEnvs();
});

async function untilItAnswers(): Promise<void> {
  for (const deadline = Date.now() + READY_MS; ; await sleep(100)) {
    const answer = await fetch(`${url}/moto-api/`).catch(() => null);
    if (answer?.ok) return;
    if (Date.now() > deadline) throw new Error("moto does not answer");
  }
}

/** Otherwise each look at a task moves it on to its end. */
async function keepTasksRunning(): Promise<void> {
  await fetch(`${url}/moto-api/state-manager/set-transition`, {
    method: "POST",
    body: JSON.stringify({
      model_name: "ecs::task",
      transition: { progression: "manual", times: 1_000_000 },
    }),
  });
}

async function createService(): Promise<void> {
  const { cluster, service } = TARGET;
  await client.send(new CreateClusterCommand({ clusterName: cluster }));
  await client.send(
    new RegisterTaskDefinitionCommand({
      family: service,
      containerDefinitions: [{ name: service, image: service, memory: 128 }],
    }),
  );
  await client.send(
    new CreateServiceCommand({ cluster, serviceName: service, taskDefinition: service, desiredCount: 1 }),
  );
  const document = JSON.stringify({
    instanceId: await runInstance(),
    accountId: "123456789012",
    region: TARGET.region,
  });
  const { containerInstance } = await client.send(
    new RegisterContainerInstanceCommand({ cluster, instanceIdentityDocument: document }),
  );
  instance = containerInstance?.containerInstanceArn ?? "";
  await startTask();
}

/** A machine for the cluster, through EC2's own protocol. */
async function runInstance(): Promise<string> {
  const answer = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      authorization: `AWS4-HMAC-SHA256 Credential=testing/20260101/${TARGET.region}/ec2/aws4_request, SignedHeaders=host, Signature=none`,
    },
    body: "Action=RunInstances&Version=2016-11-15&ImageId=ami-12c6146b&MinCount=1&MaxCount=1",
  });
  const id = /<instanceId>([^<]+)</.exec(await answer.text())?.[1];
  if (!id) throw new Error("moto gave no instance");
  return id;
}

/** What ECS's scheduler does for the service. */
async function startTask(): Promise<string> {
  const { cluster, service } = TARGET;
  const { tasks } = await client.send(
    new StartTaskCommand({
      cluster,
      taskDefinition: service,
      group: `service:${service}`,
      containerInstances: [instance],
    }),
  );
  return tasks?.[0]?.taskArn ?? "";
}

const probe = createDashboardProbe({ pageUrl: null, healthUrl: null, refreshUrl: null, header: null });

describe("the executor's requests at an independent ECS", () => {
  it("are understood: the very task is stopped, and a new one is seen in its place", async () => {
    const api = createEcsServiceApi(client, TARGET);
    const handle = await prepareRestart({ api, probe, mode: "restart", now });
    const old = handle.tasks[0]?.old.arn ?? "";
    expect(old).toMatch(/^arn:aws:ecs:us-east-1:\d{12}:task\/jacobs-ecs-ec2-cluster\//);
    const said: string[] = [];
    const execution = startEcsRestart({
      runId: "run-1",
      api,
      probe,
      handle,
      resumed: false,
      timeoutMs: 60_000,
      timing: { ecsMs: 50, pageMs: 50 },
      now,
      sleep: (ms) => sleep(ms),
      say: (text) => said.push(text),
      tell: () => undefined,
      reportProgress: () => undefined,
      storeHandle: async () => undefined,
    });
    await vi.waitFor(() => expect(said.join("\n")).toContain("waiting for the task"), { timeout: 10_000 });
    const { tasks } = await client.send(new DescribeTasksCommand({ cluster: TARGET.cluster, tasks: [old] }));
    expect(tasks?.[0]).toMatchObject({
      desiredStatus: "STOPPED",
      stoppedReason: "restarted by Backcourt, run run-1",
    });
    const replacement = await startTask();
    await execution.ended;
    const details = await execution.collect();
    expect(details.end).toEqual({ kind: "recovered" });
    expect(details.handle.tasks[0]?.replacement?.arn).toBe(replacement);
  });

  it("get errors that are explained", async () => {
    const elsewhere = createEcsServiceApi(client, { ...TARGET, cluster: "nowhere" });
    await expect(elsewhere.describeService()).rejects.toThrow("There is no cluster nowhere");
    const another = createEcsServiceApi(client, { ...TARGET, service: "another" });
    expect(await another.describeService()).toBeNull();
    await expect(prepareRestart({ api: another, probe, mode: "restart", now })).rejects.toThrow(
      "no service another",
    );
  });
});
