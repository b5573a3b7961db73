import type { Page } from "@playwright/test";
import { longLabel } from "@/lib/game-date";
import { hasEnded } from "./stack/console-api";
import { cellOf } from "./stack/freshness";
import { expect, test } from "./stack/test";

test("dates selected by keyboard: one dialog, a run for each, never two at once, each with its receipt", async ({
  page,
  api,
  pool,
  emptyDates,
}) => {
  const dates = pool.takeInARow(3);
  const apart = pool.take();
  await emptyDates(...dates, apart);
  await page.goto("/");
  await cellOf(page, apart).focus();
  await page.keyboard.press("Space");
  await cellOf(page, dates[0] ?? "").focus();
  await page.keyboard.press("Space");
  await moveOneDay(page, dates, 0);
  await moveOneDay(page, dates, 1);
  await expectSelected(page, 4);

  await page.getByRole("button", { name: "Backfill 4 dates…" }).click();
  const dialog = page.getByRole("dialog", { name: "Backfill 4 dates" });
  for (const date of [...dates, apart]) await expect(dialog.getByText(`--run_date ${date}`)).toBeVisible();
  await dialog.getByRole("button", { name: "Backfill 4 dates", exact: true }).click();
  await expect(page.getByText("4 backfills ordered")).toBeVisible();
  await expect(page.getByRole("region", { name: "Selected dates" })).toBeHidden();

  const ordered = (await api.runs()).runs.filter(({ gameDate }) =>
    [...dates, apart].includes(gameDate ?? ""),
  );
  expect(ordered.map(({ gameDate }) => gameDate).toSorted()).toEqual([...dates, apart].toSorted());
  const ended = await Promise.all(ordered.map(({ id }) => api.runOnce(id, hasEnded)));
  for (const run of ended) {
    expect(run.state).toBe("succeeded");
    expect(run.receipt).toMatchObject({ kind: "backfill", date: run.gameDate, stillMissing: [] });
  }
  const inTurn = ended.toSorted((a, b) => (a.startedAt ?? "").localeCompare(b.startedAt ?? ""));
  for (const [index, run] of inTurn.slice(1).entries())
    expect(Date.parse(run.startedAt ?? "")).toBeGreaterThanOrEqual(
      Date.parse(inTurn[index]?.finishedAt ?? ""),
    );
});

test("a drag, a shift-click and a ctrl-click select; Escape lets go", async ({ page, pool }) => {
  const [first = "", , third = "", fourth = ""] = pool.takeInARow(4);
  await page.goto("/");
  await cellOf(page, first).dragTo(cellOf(page, third));
  await expectSelected(page, 3);
  await cellOf(page, fourth).click({ modifiers: ["Shift"] });
  await expectSelected(page, 4);
  await cellOf(page, third).click({ modifiers: ["ControlOrMeta"] });
  await expectSelected(page, 3);
  await expect(cellOf(page, third)).toHaveAttribute("aria-selected", "false");
  await page.keyboard.press("Escape");
  await expectSelected(page, 0);
});

/** Shift and the arrow that leads from one date to the next: down, or up and to the next week's column. */
async function moveOneDay(page: Page, dates: string[], index: number): Promise<void> {
  const next = dates[index + 1] ?? "";
  if (longLabel(next).startsWith("Mon")) {
    await page.keyboard.press("Shift+ArrowRight");
    for (let day = 0; day < 6; day += 1) await page.keyboard.press("Shift+ArrowUp");
  } else await page.keyboard.press("Shift+ArrowDown");
  await expect(cellOf(page, next)).toBeFocused();
}

async function expectSelected(page: Page, count: number): Promise<void> {
  await expect(page.getByRole("gridcell", { selected: true })).toHaveCount(count);
}
