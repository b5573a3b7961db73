import { describe, expect, it } from "vitest";
import { cookieOf, TEST_AUTH_SECRET } from "@/lib/testing/signed-in";
import { readSessionToken, sessionCookieName } from "./session-cookie";

const HTTP = "http://127.0.0.1:3000";
const NAME = sessionCookieName(HTTP);
const TOKEN = "AbCdEfGhIjKlMnOpQrStUvWxYz012345";
const read = (header: string | null) => readSessionToken(header, NAME, TEST_AUTH_SECRET);

describe("the session's cookie", () => {
  it("is bound to its host and to https where there is https", () => {
    expect(sessionCookieName("https://backcourt.example.org")).toBe("__Host-backcourt.session");
    expect(NAME).toBe("backcourt.session");
  });

  it("gives its token, wherever in the header it stands", () => {
    const cookie = cookieOf(TOKEN, HTTP);
    expect(read(cookie)).toBe(TOKEN);
    expect(read(`a=b; ${cookie}; c=d`)).toBe(TOKEN);
  });

  it.each([
    ["no header", null],
    ["another cookie", "other=1"],
    ["no signature", `${NAME}=${TOKEN}`],
    ["an empty signature", `${NAME}=${TOKEN}.`],
    ["somebody else's signature", cookieOf(TOKEN, HTTP, "another-secret-of-thirty-two-chars")],
    ["another token's signature", cookieOf(TOKEN, HTTP).replace(TOKEN, `${TOKEN}x`)],
    ["a prefix of the name", `x${cookieOf(TOKEN, HTTP)}`],
    ["bad encoding", `${NAME}=%E0%A4%A`],
  ])("gives nothing of %s", (_, header) => expect(read(header)).toBeNull());
});
