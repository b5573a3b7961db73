import { cellOf, expectDateState, openDate } from "./stack/freshness";
import { expect, holeOf, test } from "./stack/test";

test("a game is waived with a reason, stands apart, and is taken back", async ({ page, redDate, api }) => {
  const { games, summary } = await api.date(redDate);
  const [game] = games;
  const name = game?.key.replace("@", " @ ") ?? "";
  const panel = await openDate(page, redDate);
  await panel.getByRole("button", { name: `Waive ${name}…` }).click();
  const dialog = page.getByRole("dialog", { name: new RegExp(`^Waive ${name}`) });
  await dialog.getByRole("button", { name: `Waive ${name}` }).click();
  await expect(dialog).toContainText(/needs a few words/);
  await dialog.getByRole("textbox", { name: "Reason" }).fill("The arena's feed was down.");
  await dialog.getByRole("button", { name: `Waive ${name}` }).click();

  const apart = panel.getByRole("region", { name: /^Waived/ });
  await expect(apart.getByRole("listitem")).toHaveText(new RegExp(`${name}.*The arena's feed was down\\.`));
  await expect(panel.getByRole("rowheader", { name })).toBeHidden();
  const { expected } = summary;
  await expect(cellOf(page, redDate)).toHaveAccessibleName(
    new RegExp(`: missing, ${expected - 1} games? expected, .*, 1 waived`),
  );

  await panel.getByRole("button", { name: `Take the waiver of ${name} back` }).click();
  await expect(apart).toBeHidden();
  await expect(panel.getByRole("rowheader", { name })).toBeVisible();
  await expect(cellOf(page, redDate)).toHaveAccessibleName(
    new RegExp(`: missing, ${expected} games expected`),
  );
});

for (const [kind, heading] of [
  ["withdrawn", /^Withdrawn/],
  ["unscheduled", /^Unscheduled/],
] as const) {
  test(`a game that is ${kind} stands apart and is no fault`, async ({ page, stack }) => {
    const { date, games } = holeOf(stack, kind);
    const panel = await openDate(page, date);
    await expectDateState(page, date, "whole");
    await expect(cellOf(page, date)).toHaveAccessibleName(new RegExp(`1 ${kind}`));
    const name = games[0]?.replace("@", " @ ") ?? "";
    await expect(panel.getByRole("region", { name: heading }).getByRole("listitem")).toContainText(name);
    await expect(panel.getByRole("rowheader", { name })).toBeHidden();
  });
}

test("a day off is off, and nobody is asked to attend to it", async ({ page, stack }) => {
  const { date } = holeOf(stack, "off");
  const panel = await openDate(page, date);
  await expect(cellOf(page, date)).toHaveAccessibleName(/: off, no games$/);
  await expect(panel.getByText("No games.", { exact: true })).toBeVisible();
  await expect(panel.getByRole("button", { name: /Backfill/ })).toBeHidden();
});
