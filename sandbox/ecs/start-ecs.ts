import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { EcsNames } from "./ecs-documents";
import { createEcsServer, EcsControl } from "./ecs-server";
import { createServiceAddress } from "./service-address";
import { type SchedulerSettings, ServiceScheduler } from "./service-scheduler";

const HOST = "127.0.0.1";

export interface EcsSettings extends EcsNames, Omit<SchedulerSettings, "service" | "control"> {
  /** Ports on loopback; 0 takes a free one. */
  port: number;
  pagePort: number;
  /** The access key id that requests have to be signed with. */
  accessKeyId: string;
}

export interface RunningEcs {
  /** ECS's endpoint, and the service's address. */
  url: string;
  pageUrl: string;
  control: EcsControl;
  scheduler: ServiceScheduler;
  /** Ends both servers and every task's process. */
  close(): Promise<void>;
}

/** Starts ECS with its one service, and that service's tasks. */
export async function startEcs(settings: EcsSettings): Promise<RunningEcs> {
  const { region, account, cluster, service, healthCheck, stepMs, accessKeyId } = settings;
  const control = new EcsControl();
  const scheduler = new ServiceScheduler({ ...settings, control: control.get });
  const names = { region, account, cluster, service };
  const ecs = createEcsServer(
    { names, scheduler, control: control.get, healthCheck, stepMs, oneOff: [] },
    control,
    { accessKeyId },
  );
  const page = createServiceAddress({
    urls: () => scheduler.running.flatMap(({ url }) => (url === null ? [] : [url])),
    control: control.get,
  });
  const close = async () => {
    for (const server of [ecs, page]) {
      server.close();
      server.closeAllConnections();
    }
    await scheduler.close();
  };
  try {
    const url = await listen(ecs, settings.port);
    return { url, pageUrl: await listen(page, settings.pagePort), control, scheduler, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, () => resolve(`http://${HOST}:${(server.address() as AddressInfo).port}`));
  });
}
