import { randomUUID } from "node:crypto";
import { hasEnded } from "./stack/console-api";
import { openBackfillDialog, openDate, runIdOf } from "./stack/freshness";
import { expect, test } from "./stack/test";

test("an order sent again with its key gives its run, during it and after it", async ({
  api,
  redDate,
  faults,
}) => {
  await faults({ slowMs: 200 });
  const key = randomUUID();
  const orders = await Promise.all([api.order([redDate], key), api.order([redDate], key)]);
  const ids = orders.flat().map(({ id }) => id);
  expect(new Set(ids).size).toBe(1);
  const [id = ""] = ids;

  const [onItsWay] = await api.order([redDate]);
  expect(onItsWay).toMatchObject({ id, alreadyActive: true });

  await api.runOnce(id, hasEnded);
  const [after] = await api.order([redDate], key);
  expect(after?.id).toBe(id);
  expect((await api.runs(`&date=${redDate}`)).runs).toHaveLength(1);
});

test("a double click orders once, and the dialog of a date on its way leads to its run", async ({
  page,
  api,
  redDate,
  faults,
}) => {
  await faults({ slowMs: 1_000 });
  await openDate(page, redDate);
  const dialog = await openBackfillDialog(page, redDate);
  await dialog.getByRole("button", { name: "Backfill", exact: true }).dblclick();
  const id = await runIdOf(page);
  expect((await api.runs(`&date=${redDate}`)).runs).toHaveLength(1);

  const panel = await openDate(page, redDate);
  await panel.getByRole("link", { name: /^Backfill is (queued|running)$/ }).click();
  expect(await runIdOf(page)).toBe(id);
  await faults({});
  await api.runOnce(id, hasEnded);
});
