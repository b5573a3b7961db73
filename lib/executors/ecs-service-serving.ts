import type { Probe } from "@/lib/contracts/dashboard";
import type { RestartContext } from "./ecs-service-context";
import { RestartEnded } from "./ecs-service-context";
import { sleepUntil } from "./sleep-until";

/** Asks the page again and again while a restart goes on, so that the time without a serving task is measured. */
export async function watchPage(context: RestartContext, until: AbortSignal): Promise<void> {
  const { probe, now, timing, sleep } = context.options;
  while (!until.aborted) {
    const askedAt = now().getTime();
    const page = await probe.page(until);
    if (page === null || until.aborted) return;
    context.page = page;
    context.meter.look(page.ok, page.ok ? now().getTime() : askedAt);
    await sleepUntil(until, sleep, timing.pageMs);
  }
}

/** Loads the page, which makes a new task read its data, until it answers. @throws RestartEnded */
export async function awaitPage(context: RestartContext): Promise<void> {
  const { probe, now } = context.options;
  if (probe.addresses.pageUrl === null) return;
  context.report("verifying", "asking the page for the first time: the new task reads its data");
  await ask(context, "The page does not answer", async () => {
    const page = await probe.page(context.signal);
    context.page = page ?? context.page;
    if (page?.ok) context.meter.look(true, now().getTime());
    return page;
  });
}

/**
 * Waits until the health page tells of data that were read after those served before. A new task reads them
 * when its page is loaded: where no page is configured, `mustBeFresh` is false, and any good answer does.
 * @throws RestartEnded
 */
export async function awaitFreshData(context: RestartContext, mustBeFresh: boolean): Promise<void> {
  const { probe, handle } = context.options;
  if (probe.addresses.healthUrl === null) return;
  context.report("verifying", "asking the health page how old the data are");
  await ask(context, "The health page does not answer for new data", async () => {
    const health = await probe.health(context.signal);
    context.health = health ?? context.health;
    if (!health?.ok || !mustBeFresh) return health;
    const why = notFresh(health, handle.servedBefore?.source === "health" ? handle.servedBefore.at : null);
    return why === null ? health : { ...health, ok: false, text: why };
  });
}

function notFresh({ hasSnapshot, refreshedAt }: Probe, before: string | null): string | null {
  if (hasSnapshot === false) return "it has no data loaded yet";
  if (before !== null && refreshedAt !== null && refreshedAt <= before)
    return `it still serves the data of ${before.slice(11, 19)} UTC`;
  return null;
}

/** Asks until the answer is good; says each different answer once. @throws RestartEnded at the deadline */
async function ask(
  context: RestartContext,
  failure: string,
  probe: () => Promise<Probe | null>,
): Promise<void> {
  let said: string | null = null;
  for (;;) {
    const answer = await probe();
    context.assertGoingOn();
    if (answer === null) throw new RestartEnded({ kind: "halted", text: failure });
    if (answer.text !== said) context.options.say(`  ${answer.text} (${answer.tookMs} ms)`);
    said = answer.text;
    if (answer.ok) return;
    context.assertInTime(() => `${failure}: ${answer.text},`);
    await context.pause(context.options.timing.pageMs);
  }
}
