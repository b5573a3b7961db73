import { type RestartContext, type RestartEnd, RestartEnded } from "./ecs-service-context";
import { awaitFreshData } from "./ecs-service-serving";

/**
 * Has the running task read its data anew, without stopping it, and waits until its health page tells of newer
 * ones. Asking twice does no harm, so a run that is taken up again asks again.
 */
export async function refreshData(context: RestartContext): Promise<RestartEnd> {
  context.report("refreshing", "asking the dashboard to read its data again");
  const answer = await context.options.probe.refresh(context.signal);
  context.assertGoingOn();
  if (answer === null) return { kind: "halted", text: "No refresh URL is configured." };
  context.options.say(`  ${answer.text} (${answer.tookMs} ms)`);
  // No answer at all may mean that it is still at it: its health page tells.
  if (!answer.ok && answer.status !== null)
    return { kind: "halted", text: `The dashboard did not refresh: ${answer.text}.` };
  try {
    await awaitFreshData(context, true);
  } catch (error) {
    if (error instanceof RestartEnded && error.end.kind === "not-recovered")
      return { kind: "unchanged", text: error.end.text };
    throw error;
  }
  context.report("done", "the data are read again");
  return { kind: "recovered" };
}
