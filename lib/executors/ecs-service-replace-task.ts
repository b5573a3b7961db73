import { AwsError } from "@/lib/aws/explain-aws-error";
import { shortIdOf, type TaskSnapshot } from "@/lib/aws/service-snapshot";
import { type RestartContext, RestartEnded, type WideLook } from "./ecs-service-context";
import { type HandleTask, taskRefOf } from "./ecs-service-handle";
import { checkRestart } from "./ecs-service-precheck";

/** Stops the old task of `entry`, and no other, and waits for a new one that runs in its place. */
export async function replaceTask(context: RestartContext, entry: HandleTask): Promise<void> {
  if (entry.replacement !== null) return;
  if (await mustBeStopped(context, entry)) await stopOldTask(context, entry);
  await awaitReplacement(context, entry);
}

/**
 * False when it is stopped, or told to. Only the very first task needs no look: the service was checked a
 * moment ago. Later, and after another worker was lost, the service must still be as it has to be.
 * @throws RestartEnded `halted` when it is not
 */
async function mustBeStopped(context: RestartContext, entry: HandleTask): Promise<boolean> {
  const { handle, resumed, api } = context.options;
  if (!resumed && handle.tasks[0] === entry) return true;
  const look = await lookUntilSeen(context, entry);
  if (isGone(look, entry)) {
    context.options.say(`task ${entry.old.shortId} is stopped already`);
    entry.stopRequestedAt ??= context.options.now().toISOString();
    return false;
  }
  const check = checkRestart(look, api.target);
  if (check.ok) return true;
  throw new RestartEnded({ kind: "halted", text: check.refusal.message });
}

/** Sends StopTask for this very ARN until it is known to have arrived: stopping it twice changes nothing. */
async function stopOldTask(context: RestartContext, entry: HandleTask): Promise<void> {
  const { api, runId, now, timing } = context.options;
  const { arn, shortId } = entry.old;
  context.assertGoingOn();
  const before = entry.stopRequestedAt;
  entry.stopRequestedAt ??= now().toISOString();
  await context.storeHandle();
  if (context.signal.aborted) entry.stopRequestedAt = before;
  context.assertGoingOn();
  context.meter.begin();
  context.report("stopping", `stopping task ${shortId}`);
  for (;;) {
    try {
      await api.stopTask(arn, `restarted by Backcourt, run ${runId}`, context.signal);
      context.options.say(`ECS stops task ${shortId}`);
      return;
    } catch (error) {
      context.assertGoingOn();
      if (!(error instanceof AwsError)) throw error;
      context.options.say(`${error.message} Looking whether task ${shortId} was stopped.`);
      if (isGone(await lookUntilSeen(context, entry), entry)) return;
      if (!error.passes) {
        // Refused, and seen to go on: it was not stopped.
        entry.stopRequestedAt = null;
        await context.storeHandle();
        throw new RestartEnded({ kind: "halted", text: error.message });
      }
    }
    context.assertInTime(() => `Task ${shortId} could not be stopped`);
    await context.pause(timing.ecsMs);
  }
}

async function lookUntilSeen(context: RestartContext, entry: HandleTask): Promise<WideLook> {
  for (;;) {
    const look = await context.watch([entry.old.arn]);
    if (look) return look;
    context.assertInTime(() => `ECS could not be asked about task ${entry.old.shortId}`);
    await context.pause(context.options.timing.ecsMs);
  }
}

/** ECS forgets a task some time after its end: not known is gone. */
function isGone({ tasks, others }: WideLook, { old }: HandleTask): boolean {
  const task = [...tasks, ...others].find(({ arn }) => arn === old.arn);
  return !task || task.desiredStatus === "STOPPED" || task.lastStatus === "STOPPED";
}

async function awaitReplacement(context: RestartContext, entry: HandleTask): Promise<void> {
  const { handle, timing, say } = context.options;
  const known = new Set(
    handle.tasks.flatMap(({ old, replacement }) => [old.arn, ...(replacement ? [replacement.arn] : [])]),
  );
  const seen = new Map<string, string>();
  context.report("waiting", `waiting for the task that replaces ${entry.old.shortId}`);
  for (;;) {
    const look = await context.watch([entry.old.arn, ...seen.keys()]);
    if (look) {
      noteServing(context, look);
      assertStillWanted(look, context.options.api.target.service);
      for (const task of [...look.tasks, ...look.others].filter(({ arn }) => !known.has(arn)))
        noteProgress(context, seen, task);
      const replacement = look.tasks.find((task) => !known.has(task.arn) && isUp(task, handle.healthChecked));
      if (replacement && look.service?.running === look.service?.desired && isGone(look, entry)) {
        entry.replacement = taskRefOf(replacement);
        say(`task ${replacement.shortId} runs in place of ${entry.old.shortId}`);
        await context.storeHandle();
        return;
      }
    }
    context.assertInTime(() => whyNotUp(seen, context.problem));
    await context.pause(timing.ecsMs);
  }
}

function isUp(task: TaskSnapshot, healthChecked: boolean): boolean {
  return task.lastStatus === "RUNNING" && (!healthChecked || task.health === "HEALTHY");
}

/** Without a page to ask, running tasks tell whether anything serves. */
function noteServing({ meter, options }: RestartContext, { tasks }: WideLook): void {
  if (options.probe.addresses.pageUrl !== null) return;
  meter.look(
    tasks.some(({ lastStatus }) => lastStatus === "RUNNING"),
    options.now().getTime(),
  );
}

/** @throws RestartEnded when waiting has become pointless */
function assertStillWanted({ service }: WideLook, name: string): void {
  const why = !service
    ? `${name} is gone`
    : service.status !== "ACTIVE"
      ? `${name} has become ${service.status}`
      : service.desired === 0
        ? `the desired count of ${name} was set to 0 meanwhile`
        : null;
  if (why) throw new RestartEnded({ kind: "not-recovered", text: `No new task will come: ${why}` });
}

/** Says each state of a new task once. */
function noteProgress(context: RestartContext, seen: Map<string, string>, task: TaskSnapshot): void {
  const health =
    task.lastStatus === "RUNNING" && context.options.handle.healthChecked
      ? (task.health ?? "health not known yet")
      : null;
  const reason = task.lastStatus === "STOPPED" ? task.stoppedReason : null;
  const state = [task.lastStatus, health, reason].filter(Boolean).join(", ");
  if (seen.get(task.arn) === state) return;
  seen.set(task.arn, state);
  context.report("waiting", `new task ${task.shortId}: ${state}`);
}

function whyNotUp(seen: ReadonlyMap<string, string>, problem: string | null): string {
  if (problem !== null) return `ECS could not be asked (${problem.replace(/\.$/, "")})`;
  // A task that stopped tells why; the one that is just starting does not.
  const states = [...seen];
  const telling = states.findLast(([, state]) => state.startsWith("STOPPED")) ?? states.at(-1);
  if (!telling) return "ECS has started no new task";
  const [arn, state] = telling;
  const tried = states.length === 1 ? "The new task did not come" : `None of ${states.length} new tasks came`;
  return `${tried} up (${shortIdOf(arn)}: ${state})`;
}
