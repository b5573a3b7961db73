import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { ACTIONS, type ActionName, type ControlState, NO_FAULTS, parseControlState } from "./control-state";
import { ECS_ACTIONS, type EcsState } from "./ecs-actions";
import { arnsOf } from "./ecs-documents";
import { EcsError } from "./ecs-error";

const TARGET_PREFIX = "AmazonEC2ContainerServiceV20141113.";
const LONGEST_BODY = 256 * 1024;
const CREDENTIAL = /Credential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\/ecs\/aws4_request/;

/** The present faults, and what was asked of ECS so far. */
export class EcsControl {
  private state: ControlState = NO_FAULTS;
  /** Calls that were carried out or refused, by action. */
  readonly calls: Partial<Record<ActionName, number>> = {};
  /** Every StopTask that was carried out. */
  readonly stops: { task: string; reason: string | null; at: string }[] = [];

  get = (): ControlState => this.state;

  set(state: ControlState): void {
    this.state = state;
  }

  /** Forgets the calls counted so far. */
  forget(): void {
    for (const action of ACTIONS) delete this.calls[action];
    this.stops.splice(0);
  }

  /** True as long as the counted fault has some left; takes one. */
  take(fault: "throttle" | "loseStopReply"): boolean {
    const left = this.state[fault];
    if (left > 0) this.state = { ...this.state, [fault]: left - 1 };
    return left > 0;
  }
}

type Answer = { status: number; body: unknown } | "cut";

/** ECS's JSON 1.1 interface and, beside it, `/control` for making it misbehave. Not listening yet. */
export function createEcsServer(
  state: EcsState,
  control: EcsControl,
  { accessKeyId }: { accessKeyId: string },
): Server {
  const answerEcs = async (request: IncomingMessage): Promise<Answer> => {
    const faults = control.get();
    const body = await readBody(request);
    if (faults.slowMs > 0) await delay(faults.slowMs);
    if (faults.down) return "cut";
    try {
      const action = actionOf(request);
      control.calls[action] = (control.calls[action] ?? 0) + 1;
      assertAllowed(request, action, state, control, accessKeyId);
      const answer = ECS_ACTIONS[action](state, JSON.parse(body));
      if (action === "StopTask") {
        noteStop(control, JSON.parse(body));
        if (control.take("loseStopReply")) return "cut";
      }
      return { status: 200, body: answer };
    } catch (error) {
      if (!(error instanceof EcsError)) throw error;
      return { status: error.status, body: { __type: error.type, message: error.message } };
    }
  };

  return createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://ecs").pathname;
    const answer = path === "/control" ? answerControl(request, control) : answerEcs(request);
    answer.then(
      (given) => (given === "cut" ? request.socket.destroy() : send(response, given)),
      (error: unknown) =>
        send(response, { status: 500, body: { __type: "ServerException", message: String(error) } }),
    );
  });
}

function actionOf(request: IncomingMessage): ActionName {
  const target = String(request.headers["x-amz-target"] ?? "");
  const name = ACTIONS.find((action) => target === `${TARGET_PREFIX}${action}`);
  if (request.method === "POST" && name) return name;
  throw new EcsError("UnknownOperationException", `The sandbox does not know ${target || "this request"}.`);
}

function assertAllowed(
  request: IncomingMessage,
  action: ActionName,
  { names }: EcsState,
  control: EcsControl,
  accessKeyId: string,
): void {
  if (control.take("throttle")) throw new EcsError("ThrottlingException", "Rate exceeded");
  const [, key, region] = CREDENTIAL.exec(request.headers.authorization ?? "") ?? [];
  if (key === undefined)
    throw new EcsError("MissingAuthenticationTokenException", "Missing Authentication Token");
  if (region !== names.region)
    throw new EcsError(
      "InvalidSignatureException",
      `Credential should be scoped to a valid region, not '${region}'.`,
    );
  if (key !== accessKeyId)
    throw new EcsError(
      "UnrecognizedClientException",
      "The security token included in the request is invalid.",
    );
  const { expired, deny } = control.get();
  if (expired)
    throw new EcsError("ExpiredTokenException", "The security token included in the request is expired");
  if (deny.includes(action))
    throw new EcsError(
      "AccessDeniedException",
      `User: arn:aws:sts::${names.account}:assumed-role/backcourt/worker is not authorized to perform: ecs:${action} on resource: ${arnsOf(names).service} because no identity-based policy allows the ecs:${action} action`,
    );
}

function noteStop(control: EcsControl, { task, reason }: { task: string; reason?: string }): void {
  control.stops.push({ task, reason: reason ?? null, at: new Date().toISOString() });
}

/** GET shows the faults and the calls, PUT replaces the faults, DELETE clears both. */
async function answerControl(request: IncomingMessage, control: EcsControl): Promise<Answer> {
  if (request.method === "PUT") {
    try {
      control.set(parseControlState(await readBody(request)));
    } catch (error) {
      return { status: 400, body: { error: error instanceof Error ? error.message : String(error) } };
    }
  } else if (request.method === "DELETE") {
    control.set(NO_FAULTS);
    control.forget();
  } else if (request.method !== "GET") {
    return { status: 405, body: { error: "GET shows, PUT replaces the faults, DELETE clears" } };
  }
  return { status: 200, body: { faults: control.get(), calls: control.calls, stops: control.stops } };
}

async function readBody(request: IncomingMessage): Promise<string> {
  request.setEncoding("utf8");
  let text = "";
  for await (const part of request) {
    text += part;
    if (text.length > LONGEST_BODY) throw new Error(`the request is longer than ${LONGEST_BODY}`);
  }
  return text;
}

function send(response: ServerResponse, { status, body }: Exclude<Answer, "cut">): void {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
  response.end(JSON.stringify(body));
}
