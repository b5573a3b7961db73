import type { Page } from "@playwright/test";
import { expectAccessible } from "./stack/expect-accessible";
import { expectLine, lineOf, linesInView, longLogProgram, seqsOf, writeLongLog } from "./stack/long-log";
import { expectRunState, logOf } from "./stack/run-page";
import { expect, test } from "./stack/test";

const program = longLogProgram();
test.use({ ingestion: program.ingestion });
test.setTimeout(180_000);
test.afterAll(() => program.remove());

const ERRORS = [300, 50_010, 99_000];
/** More than this many lines are never drawn, however many there are. */
const MOST_DRAWN = 250;

/** One finished run of 100,000 lines for all tests that only read it. */
let written: Promise<string> | undefined;
test.beforeEach(async ({ api, pool }) => {
  written ??= writeLongLog(api, pool.take());
  await written;
});

async function openLog(page: Page, search = ""): Promise<string> {
  const id = (await written) ?? "";
  await page.goto(`/runs/${id}${search}`);
  await expect(logOf(page).locator("[data-channel]").first()).toBeVisible();
  return id;
}

test("a link into the middle shows its line at once, and reads no more than what is around it", async ({
  page,
  api,
}) => {
  const id = (await written) ?? "";
  const [seq = 0] = await seqsOf(api, id, "page 50001:");
  const asked: string[] = [];
  page.on("request", (request) => {
    if (/\/lines\?/.test(request.url())) asked.push(request.url());
  });
  await openLog(page, `?line=${seq}`);
  await expectLine(page, seq, "page 50001: ");
  await expect(lineOf(page, seq)).toHaveAttribute("data-linked", "true");
  expect(asked.length).toBeLessThanOrEqual(2);

  await openLog(page, `?line=${seq}-${seq + 3}`);
  await expectLine(page, seq + 3, "page 50004: ");
  await expect(logOf(page).locator("[data-linked]")).toHaveCount(4);
});

test("search goes through all of it, counts, steps both ways and round, and marks through colours", async ({
  page,
}) => {
  await openLog(page, "?line=1");
  await page.keyboard.press("/");
  await page.keyboard.type("NEEDLE");
  const counter = page.getByRole("search").getByRole("status");
  await expect(counter).toHaveText("1 of 41");
  const current = logOf(page).locator("[data-current]");
  await expect(current).toContainText("page 2439: a needle in it");
  await expect(current).toBeInViewport();
  expect((await current.locator("mark").allTextContents()).join("")).toBe("needle");
  await page.keyboard.press("Enter");
  await expect(counter).toHaveText("2 of 41");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.press("Shift+Enter");
  await expect(counter).toHaveText("41 of 41");
  await expect(current).toContainText("page 99999: a needle in it");
  await page.keyboard.type("s");
  await expect(counter).toHaveText("no line");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("textbox", { name: "Search in the log" })).toHaveValue("");
  await expect(logOf(page)).toBeFocused();
});

test("errors are counted, marked, and one key apart, first one first", async ({ page }) => {
  await openLog(page);
  const button = page.getByRole("button", { name: /errors$/ });
  await expect(button).toHaveText("3 errors");
  for (const [index, line] of ERRORS.entries()) {
    await page.keyboard.press("e");
    await expect(button).toHaveText(`${index + 1} of 3 errors`);
    const current = logOf(page).locator("[data-current]");
    await expect(current).toContainText(`[ERROR] page ${line}:`);
    await expect(current).toHaveAttribute("data-level", "error");
    await expect(current).toBeInViewport();
  }
  await page.keyboard.press("Shift+E");
  await expect(button).toHaveText("2 of 3 errors");
  await button.click();
  await expect(button).toHaveText("3 of 3 errors");
});

test("by keyboard alone: to a line, its link, a range, the ends", async ({ page }) => {
  await openLog(page);
  const end = Math.max(...(await linesInView(page)));
  await logOf(page).focus();
  await page.keyboard.press("Home");
  await expectLine(page, 2, "page 1:");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Link to line 1", exact: true })).toBeFocused();
  for (let times = 0; times < 3; times += 1) await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("link", { name: "Link to line 4", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/line=4$/);
  await expect(page.getByText(/^(Link to|The address bar now points to) line 4/)).toBeVisible();
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(page).toHaveURL(/line=4-6$/);
  await page.keyboard.press("End");
  await expect(page.getByRole("link", { name: `Link to line ${end}`, exact: true })).toBeFocused();
  await page.keyboard.press("PageUp");
  await expect(page.getByRole("link", { name: `Link to line ${end}`, exact: true })).not.toBeFocused();
  await page.keyboard.press("Escape");
  await expect(logOf(page)).toBeFocused();
});

test("a click on a number links the line, with Shift all from there", async ({ page }) => {
  await openLog(page, "?line=700");
  await page.getByRole("link", { name: "Link to line 705", exact: true }).click();
  await expect(page).toHaveURL(/line=705$/);
  await page.getByRole("link", { name: "Link to line 702", exact: true }).click({ modifiers: ["Shift"] });
  await expect(page).toHaveURL(/line=702-705$/);
  await expect(logOf(page).locator("[data-linked]")).toHaveCount(4);
});

test("scrolled through from top to end: every line it passes is read, and few are ever drawn", async ({
  page,
}) => {
  await openLog(page, "?line=1");
  for (const share of [0.1, 0.35, 0.6, 0.85, 1]) {
    await logOf(page).evaluate((view, to) => view.scrollTo(0, view.scrollHeight * to), share);
    await expect(async () => {
      const [first = 0] = await linesInView(page);
      expect(first).toBeGreaterThan(share * 80_000);
      await expect(lineOf(page, first)).toHaveAttribute("data-channel", /./, { timeout: 500 });
    }).toPass();
    expect(await logOf(page).locator("[data-seq]").count()).toBeLessThan(MOST_DRAWN);
  }
});

test("times and wrapping are remembered", async ({ page }) => {
  await openLog(page);
  const times = page.getByRole("button", { name: "Times", exact: true });
  const wrap = page.getByRole("button", { name: "Wrap", exact: true });
  await expect(logOf(page).locator("time").first()).toBeVisible();
  await times.click();
  await expect(logOf(page).locator("time")).toHaveCount(0);
  await wrap.click();
  await page.reload();
  await expect(times).toHaveAttribute("aria-pressed", "false");
  await expect(wrap).toHaveAttribute("aria-pressed", "false");
  await expect(logOf(page).locator("[data-channel]").first()).toBeVisible();
  await expect(logOf(page).locator("time")).toHaveCount(0);
});

test("joined while it grows: at its end, held where the reader scrolls, and back by one click", async ({
  page,
  api,
  pool,
}) => {
  program.hold();
  const id = await writeLongLog(api, pool.take(), { held: true });
  await page.goto(`/runs/${id}`);
  await expect(async () => {
    const last = (await linesInView(page)).at(-1) ?? 0;
    await expect(lineOf(page, last + 3)).toBeInViewport({ timeout: 2_000 });
  }).toPass();

  await logOf(page).hover();
  await page.mouse.wheel(0, -900);
  const jump = page.getByRole("button", { name: /^[\d,]+ new lines?$/ });
  await expect(jump).toBeVisible();
  const [held] = await linesInView(page);
  const before = await jump.textContent();
  await expect(jump).not.toHaveText(before ?? "");
  expect((await linesInView(page))[0]).toBe(held);

  await jump.click();
  await expect(jump).toHaveCount(0);
  await expect(async () => {
    const last = (await linesInView(page)).at(-1) ?? 0;
    await expect(lineOf(page, last + 3)).toBeInViewport({ timeout: 2_000 });
  }).toPass();
  program.letGo();
  await expectRunState(page, "succeeded", 30_000);
  const { lines } = (await api.run(id)).log;
  await expectLine(page, lines, /./);
});

for (const { name, viewport } of [
  { name: "laptop", viewport: { width: 1440, height: 900 } },
  { name: "phone", viewport: { width: 390, height: 844 } },
]) {
  test.describe(name, () => {
    test.use({ viewport });

    test("nothing serious for axe, with a search, an error and linked lines", async ({ page }) => {
      await openLog(page, "?line=295-310");
      await page.keyboard.press("e");
      await page.getByRole("textbox", { name: "Search in the log" }).fill("page 30");
      await expect(page.getByRole("search").getByRole("status")).toHaveText(/ of /);
      await expectAccessible(page);
    });
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("search and jumps stand at the screen's lower edge while the log is read", async ({ page }) => {
    await openLog(page, "?line=50000");
    await logOf(page).evaluate((view) => view.scrollIntoView({ block: "start" }));
    const search = page.getByRole("textbox", { name: "Search in the log" });
    for (const control of [search, page.getByRole("button", { name: /errors$/ })]) {
      await expect(control).toBeInViewport();
      const box = await control.boundingBox();
      expect(box?.y).toBeGreaterThan(844 / 2);
    }
  });
});
