import { hasEnded } from "./stack/console-api";
import { openCuttableNetwork } from "./stack/cuttable-network";
import { expectRunState, linesOf, logOf } from "./stack/run-page";
import { expect, test } from "./stack/test";

test.describe("a network that is cut again and again", () => {
  test.use({ expectedErrors: [/net::ERR_/] });

  test("loses no line, repeats none, and keeps their order", async ({
    page,
    stack,
    api,
    faults,
    redDate,
  }) => {
    const network = await openCuttableNetwork(stack.url);
    await faults({ slowMs: 1_300 });
    const [run] = await api.order([redDate]);
    const id = run?.id ?? "";
    await page.goto(`${network.url}/runs/${id}`);
    for (let cuts = 0; cuts < 2; cuts += 1) {
      await expect(
        page.getByRole("region", { name: "Log" }).getByText("live", { exact: true }),
      ).toBeVisible();
      const { lines } = (await api.run(id)).log;
      await expect(
        logOf(page).getByRole("link", { name: `Link to line ${lines}`, exact: true }),
      ).toBeVisible();
      network.cut();
      const seen = (await linesOf(page)).length;
      await api.runOnce(id, (known) => known.log.lines >= seen + 1);
      await expect(page.getByText("The connection was lost; trying again.")).toBeVisible();
      expect((await linesOf(page)).length).toBe(seen);
      network.mend();
    }
    await expectRunState(page, "succeeded", 30_000);
    await api.runOnce(id, hasEnded);
    await expect.poll(() => linesOf(page)).toEqual(numbered(await api.rawLog(id)));
    await page.goto("about:blank");
    await network.close();
  });
});

test("a run that has ended shows its whole log to whoever comes later, and the file is the same", async ({
  page,
  api,
  redDate,
}) => {
  const [run] = await api.order([redDate]);
  await api.runOnce(run?.id ?? "", hasEnded);
  await page.goto(`/runs/${run?.id}`);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Raw log" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(new RegExp(`^backfill-${redDate}-.+\\.log$`));
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  await expect.poll(() => linesOf(page)).toEqual(numbered(Buffer.concat(chunks).toString("utf8")));
});

/** The lines of a raw log as the page numbers them. */
function numbered(raw: string): { seq: number; text: string }[] {
  return raw
    .split("\n")
    .slice(0, -1)
    .map((text, index) => ({ seq: index + 1, text }));
}
