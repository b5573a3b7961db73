import type { Browser, Page } from "@playwright/test";
import {
  changedPersonSchema,
  createInviteResponseSchema,
  listPeopleResponseSchema,
} from "@/lib/contracts/access";
import { createTokenResponseSchema } from "@/lib/contracts/account";
import { createConsoleApi } from "./stack/console-api";
import type { Stack } from "./stack/start-stack";
import { expect, test } from "./stack/test";

const PASSWORD = "correct horse battery";
/** Promised: a person who is disabled, or has another role, sees it within this time. */
const PROMISED_MS = 30_000;

let joined = 0;
/** An address that no other test invites, also when a failed one is tried again. */
const newAddress = () => `joiner-${Date.now()}-${++joined}@backcourt.test`;

test("a person joins by invite, gets a role and a token, and is kept out again", async ({
  page,
  stack,
  browser,
}) => {
  test.setTimeout(180_000);
  const email = newAddress();
  const link = await inviteByPage(page, email);
  const theirs = await join(browser, stack, link, "Jo Joiner");

  // A viewer sees what there is to do, and whom it needs.
  await expect(theirs.getByRole("button", { name: "Account: Jo Joiner, viewer" })).toBeVisible();
  const backfill = theirs.getByRole("button", { name: /^Backfill all \d+…$/ });
  await expect(backfill).toBeDisabled();
  await expect(backfill).toHaveAccessibleDescription("Needs an operator");
  await backfill.click({ force: true });
  await expect(theirs.getByText("Needs an operator. An admin can change your role.")).toBeVisible();
  await expect(theirs.getByRole("dialog")).toHaveCount(0);

  // The role reaches the page that is open.
  const sheet = await openPerson(page, email, "Jo Joiner");
  await sheet.getByRole("radio", { name: "Operator", exact: true }).check();
  await sheet.getByRole("button", { name: "Make Jo Joiner an operator" }).click();
  await expect(page.getByText("Jo Joiner is an operator now.")).toBeVisible();
  await expect(theirs.getByRole("button", { name: "Account: Jo Joiner, operator" })).toBeVisible({
    timeout: PROMISED_MS,
  });
  await expect(backfill).toBeEnabled();

  // A token is shown once, opens what its role may, and nothing once it is revoked.
  const [first, second] = [await makeToken(theirs, "night script"), await makeToken(theirs, "slack")];
  expect((await callWith(stack, first)).status).toBe(200);
  await theirs.getByRole("button", { name: "Revoke the token night script…" }).click();
  await theirs.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(theirs.getByRole("button", { name: "Revoke the token night script…" })).toHaveCount(0);
  expect((await callWith(stack, first)).status).toBe(401);
  expect((await callWith(stack, second)).status).toBe(200);
  await expect(theirs.locator("body")).not.toContainText(first);

  // Disabled: out of the open page, and the other token with it.
  await sheet.getByRole("button", { name: "Disable…" }).click();
  await sheet.getByLabel("Why is Jo Joiner disabled?").fill("the test is over");
  await sheet.getByRole("button", { name: "Disable Jo Joiner" }).click();
  await expect(sheet.getByText("the test is over")).toBeVisible();
  expect((await callWith(stack, second)).status).toBe(401);
  await expect(theirs.getByRole("dialog", { name: /session/i })).toBeVisible({ timeout: PROMISED_MS });
  await theirs.goto("/account");
  await expect(theirs.getByRole("heading", { name: "Sign in" })).toBeVisible();

  // And back in, for a person who was let in again.
  await sheet.getByRole("button", { name: "Enable again" }).click();
  await expect(page.getByText("Jo Joiner may sign in again.")).toBeVisible();
  expect((await callWith(stack, second)).status).toBe(200);
  await theirs.context().close();
});

test("a link opens nothing once it was used or taken back", async ({ page, stack, browser }) => {
  const used = await inviteByPage(page, newAddress());
  await (await join(browser, stack, used, "Una Used")).context().close();
  const taken = await inviteByPage(page, newAddress());
  const entry = page.getByRole("listitem").filter({ hasText: "joiner-" }).filter({ hasText: "Viewer · by" });
  await entry
    .first()
    .getByRole("button", { name: /^Take back the invite of/ })
    .click();
  await expect(page.getByText(/opens nothing any more/)).toBeVisible();

  const context = await browser.newContext({ baseURL: stack.url });
  const other = await context.newPage();
  for (const [link, words] of [
    [used, /was used already/],
    [taken, /was taken back/],
    [`${stack.url}/join#${"x".repeat(43)}`, /is not known/],
    [`${stack.url}/join#half`, /is not whole/],
  ] as const) {
    // Another fragment alone would be the same page.
    await other.goto("about:blank");
    await other.goto(link);
    await expect(other.getByRole("heading", { name: "This link opens nothing" })).toBeVisible();
    await expect(other.getByText(words)).toBeVisible();
  }
  await context.close();
});

test("a lost password is set anew by a link", async ({ page, stack, browser, api }) => {
  const email = newAddress();
  const theirs = await join(browser, stack, await inviteByApi(api, email), "Pat Pass");
  const sheet = await openPerson(page, email, "Pat Pass");
  await sheet.getByRole("button", { name: "Make a link for a new one" }).click();
  const link = await sheet.getByLabel("The link for a new password").inputValue();
  await theirs.goto("about:blank");
  await theirs.goto(link);
  await expect(theirs.getByRole("heading", { name: "Set a new password" })).toBeVisible();
  await theirs.getByLabel("New password", { exact: true }).fill("another good password");
  await theirs.getByRole("button", { name: "Set it and sign in" }).click();
  await expect(theirs.getByRole("button", { name: "Account: Pat Pass, viewer" })).toBeVisible();

  // One changes it oneself, and only with the one before.
  await theirs.goto("/account");
  await theirs.getByLabel("Current password", { exact: true }).fill(PASSWORD);
  await theirs.getByLabel("New password", { exact: true }).fill("yet another password");
  await theirs.getByRole("button", { name: "Change the password" }).click();
  await expect(theirs.getByRole("alert").filter({ hasText: "The password was not changed" })).toBeVisible();
  await theirs.getByLabel("Current password", { exact: true }).fill("another good password");
  await theirs.getByRole("button", { name: "Change the password" }).click();
  await expect(theirs.getByText(/The password is changed/)).toBeVisible();
  await theirs.context().close();
});

test("somebody is invited by keyboard alone, and the only admin stays one", async ({ page, api }) => {
  const email = newAddress();
  await page.goto("/access");
  await page.getByRole("button", { name: "Invite…" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("E-mail address")).toBeFocused();
  await page.keyboard.type("nobody");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/is not an e-mail address/)).toBeVisible();
  await page.keyboard.press("Control+A");
  await page.keyboard.type(email);
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: "Operator", exact: true })).toBeChecked();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Copy" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByText(email)).toBeVisible();

  const { people } = listPeopleResponseSchema.parse(await (await api.send("/api/people")).json());
  const admin = people.find((person) => person.email === "admin@backcourt.test");
  const demoted = await api.post(`/api/people/${admin?.id}/role`, { role: "viewer" });
  expect(demoted.status).toBe(409);
  await page.getByRole("link", { name: "Vera Viewer" }).focus();
  await page.keyboard.press("Home");
  await expect(page.getByRole("link", { name: "Ada Admin" })).toBeFocused();
  await page.keyboard.press("Enter");
  const sheet = page.getByRole("dialog", { name: "Ada Admin" });
  await expect(sheet.getByRole("radio", { name: "Viewer", exact: true })).toBeDisabled();
  await expect(sheet.getByText("You cannot disable yourself: another admin can.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Ada Admin" })).toBeFocused();
});

test("an admin ends somebody's sessions, and one's own are ended one by one", async ({ api, stack }) => {
  const email = newAddress();
  const { path } = createInviteResponseSchema.parse(
    await (await api.post("/api/invites", { email, role: "viewer" })).json(),
  );
  const token = path.slice("/join#".length);
  const accepted = await api.post("/api/invites/accept", { token, name: "Sam Sessions", password: PASSWORD });
  expect(accepted.status).toBe(201);
  const sessions = [await signIn(stack, email), await signIn(stack, email)].map((cookie) =>
    createConsoleApi(stack.url, cookie),
  );
  const [one, two] = sessions as [ReturnType<typeof createConsoleApi>, ReturnType<typeof createConsoleApi>];
  expect(await (await one.post("/api/account/end-other-sessions", {})).json()).toEqual({ ended: 1 });
  expect((await two.send("/api/account")).status).toBe(401);
  const { people } = listPeopleResponseSchema.parse(await (await api.send("/api/people")).json());
  const sam = people.find((person) => person.email === email);
  expect(sam).toMatchObject({ sessionCount: 1, signIn: ["credential"] });
  const ended = await api.post(`/api/people/${sam?.id}/end-sessions`, {});
  expect(changedPersonSchema.parse(await ended.json()).endedSessions).toBe(1);
  expect((await one.send("/api/account")).status).toBe(401);
});

test.describe("somebody who is no admin", () => {
  test.use({ signedInAs: "operator" });

  test("is told so, and makes no token that may more", async ({ page, stack }) => {
    await page.goto("/access");
    await expect(page.getByRole("heading", { name: "This page is for admins" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Access" })).toHaveCount(0);
    const own = createConsoleApi(stack.url, await stack.signIn("operator"));
    expect((await own.send("/api/people")).status).toBe(403);
    expect((await own.post("/api/tokens", { name: "more", role: "admin" })).status).toBe(403);
    const made = await own.post("/api/tokens", { name: "same", role: "operator", days: 7 });
    const { secret, token } = createTokenResponseSchema.parse(await made.json());
    // A found token makes no other, and sees no account.
    for (const answer of [
      await callWith(stack, secret, "/api/account"),
      await callWith(stack, secret, "/api/tokens", { name: "another", role: "viewer" }),
    ])
      expect(answer.status).toBe(403);
    expect(
      (await own.send(`/api/tokens/${token.id}`, { method: "DELETE", headers: { origin: stack.url } }))
        .status,
    ).toBe(200);
  });
});

async function inviteByPage(page: Page, email: string): Promise<string> {
  await page.goto("/access");
  await page.getByRole("button", { name: "Invite…" }).click();
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await page.getByLabel("The invite's link").inputValue();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText(email)).toBeVisible();
  return link;
}

async function inviteByApi(api: ReturnType<typeof createConsoleApi>, email: string): Promise<string> {
  const answer = await api.post("/api/invites", { email, role: "viewer" });
  return createInviteResponseSchema.parse(await answer.json()).path;
}

/** Follows the link in a browser of its own. Gives the page that it ends on. */
async function join(browser: Browser, stack: Stack, link: string, name: string): Promise<Page> {
  const context = await browser.newContext({
    baseURL: stack.url,
    storageState: { cookies: [], origins: [] },
  });
  const page = await context.newPage();
  await page.goto(link);
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByRole("grid")).toBeVisible();
  expect(page.url()).not.toContain("#");
  return page;
}

async function openPerson(page: Page, email: string, name: string) {
  await page.goto(`/access?q=${encodeURIComponent(email)}`);
  await page.getByRole("link", { name, exact: true }).click();
  return page.getByRole("dialog", { name });
}

async function makeToken(page: Page, name: string): Promise<string> {
  await page.goto("/account");
  await page.getByRole("button", { name: "New token…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("radio", { name: "Operator", exact: true }).check();
  await expect(dialog.getByRole("radio", { name: "Admin", exact: true })).toBeDisabled();
  await dialog.getByRole("button", { name: "Make the token" }).click();
  const secret = await dialog.getByLabel("The token").inputValue();
  expect(secret).toMatch(/^bc_[\w-]{43}$/);
  await dialog.getByRole("button", { name: "Done" }).click();
  return secret;
}

function callWith(stack: Stack, secret: string, path = "/api/runs", body?: object): Promise<Response> {
  return fetch(`${stack.url}${path}`, {
    method: body ? "POST" : "GET",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
}

async function signIn(stack: Stack, email: string): Promise<string> {
  const answer = await fetch(`${stack.url}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: stack.url },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  expect(answer.status).toBe(200);
  return answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}
