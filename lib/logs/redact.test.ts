import { describe, expect, it } from "vitest";
import { createRedactor, secretValues } from "./redact";
import { LineSplitter } from "./split-lines";

const PEM = "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG\n9w0BAQEFAASCBKcw\n-----END KEY-----";
const redact = createRedactor(["hunter2!", "p/w d'\"&ü", "abc", PEM, "abcdabcd", " padded-pw\n"]);

describe("createRedactor", () => {
  const odd = "p/w d'\"&ü";
  it.each([
    ["a password", "login hunter2! ok", "login *** ok"],
    ["twice", "hunter2!hunter2!", "******"],
    ["as JavaScript writes a URL", `pw=${encodeURIComponent(odd)}`, "pw=***"],
    ["as Python writes a URL", "pw=p/w%20d%27%22%26%C3%BC", "pw=***"],
    ["as a form", "pw=p%2Fw+d%27%22%26%C3%BC&x", "pw=***&x"],
    ["a URL in small letters", "pw=p%2fw%20d%27%22%26%c3%bc", "pw=***"],
    ["in JSON", `{"x": ${JSON.stringify(odd)}}`, '{"x": "***"}'],
    ["in Python's JSON", String.raw`{"x": "p/w d'\"&\u00fc"}`, '{"x": "***"}'],
    ["in Python's quotes", String.raw`{'x': 'p/w d\'"&ü'}`, "{'x': '***'}"],
    ["in the shell's quotes", String.raw`X='p/w d'\''"&ü'`, "X='***'"],
    ["in XML", "<pw>p/w d'\"&amp;ü</pw>", "<pw>***</pw>"],
    ["in hex", `x${Buffer.from("hunter2!").toString("hex")}`, "x***"],
    ["in base64", `basic ${Buffer.from("hunter2!").toString("base64")}`, "basic ***"],
    ["without the spaces around it", "pw padded-pw.", "pw ***."],
    ["a secret that holds itself", "x abcdabcd", "x ***"],
    ["a line of a secret with several", "9w0BAQEFAASCBKcw", "***"],
    ["several lines as one, escaped", JSON.stringify(PEM), '"***"'],
    ["any connection URL", "postgresql://me:other@db:5432/x", "postgresql://me:***@db:5432/x"],
    ["any password by keyword", "host=db password='x y' dbname=w", "host=db password=*** dbname=w"],
    ["in a Python dict", "{'password': 'x y', 'host': 'db'}", "{'password': ***, 'host': 'db'}"],
    ["an AWS key", "AKIAABCDEFGHIJKLMNOP used", "*** used"],
    [
      "an AWS secret",
      "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCY",
      "aws_secret_access_key = ***",
    ],
    ["too short to be told from words", "abc", "abc"],
    ["ordinary text", "https://example.test/a:b password authentication failed", null],
    ["a timestamp", "2026-11-23 03:52:11 [INFO] 9 games", null],
  ])("%s", (_name, text, masked) => {
    expect(redact(text)).toBe(masked ?? text);
  });

  it("finds a secret in base64 and base64url wherever it stands", () => {
    for (let before = 0; before < 7; before += 1) {
      for (const encoding of ["base64", "base64url"] as const) {
        const encoded = Buffer.from(`${"u".repeat(before)}${odd}:rest`).toString(encoding);
        const plain = Buffer.from(redact(encoded).split("***")[0] ?? "", encoding).toString();
        expect(redact(encoded)).toContain("***");
        expect(plain).toBe("u".repeat(plain.length));
      }
    }
  });

  it("is told of further ones", () => {
    const told = createRedactor([]);
    expect(told("from-profile")).toBe("from-profile");
    told.learn(["from-profile"]);
    told.learn(["from-profile", "another-one"]);
    expect(told("from-profile another-one")).toBe("*** ***");
  });

  it("takes no longer for a text that looks like the beginning of many URLs", () => {
    const text = "a.".repeat(200_000);
    expect(redact(text)).toBe(text);
  });
});

describe("a secret that is spread over lines", () => {
  const secret = "correct-horse-battery-staple";
  const redacted = (lines: readonly string[]) => {
    const masks = createRedactor([secret]);
    let before = "";
    return lines.map((line) => {
      const masked = masks(line, before);
      before += line;
      return masked;
    });
  };

  it("leaves less than a third of it, however it is torn in two", () => {
    for (let at = 1; at < secret.length; at += 1) {
      const shown = redacted([`pw is ${secret.slice(0, at)}`, `${secret.slice(at)} was it`]);
      expect(shown[1]).toBe("*** was it");
      if (at >= 10) expect(shown[0]).toBe("pw is ***");
    }
  });

  it("finds it wrapped over many lines, in base64 too", () => {
    const encoded = Buffer.from(`x${secret}`).toString("base64");
    for (const text of [secret, encoded]) {
      const wrapped = text.match(/.{1,7}/g) ?? [];
      const shown = redacted(["wrapped:", ...wrapped, "end"]).join("");
      expect(shown.startsWith("wrapped:")).toBe(true);
      expect(shown.endsWith("end")).toBe(true);
      for (let from = 0; from + 16 < text.length; from += 1)
        expect(shown).not.toContain(text.slice(from, from + 16));
    }
  });

  it("masks no ordinary line that happens to begin like the rest of one", () => {
    expect(redacted(["all is well", "staple of the day", "pw is corre", "battery"])).toEqual([
      "all is well",
      "staple of the day",
      "pw is corre",
      "battery",
    ]);
  });
});

describe("bytes to masked lines", () => {
  it("masks a secret however its bytes are cut into chunks", () => {
    const secret = "pässwört-🔑-hunter2";
    const bytes = Buffer.from(`first ${secret} x\n{"pw":"${secret}"}\r\nlast ${secret}`);
    const masks = createRedactor([secret]);
    for (let size = 1; size < bytes.length; size += 1) {
      const splitter = new LineSplitter(1_000);
      const lines = [];
      for (let from = 0; from < bytes.length; from += size)
        lines.push(...splitter.push(bytes.subarray(from, from + size)));
      expect([...lines, ...splitter.end()].map(({ text }) => masks(text))).toEqual([
        "first *** x",
        '{"pw":"***"}',
        "last ***",
      ]);
    }
  });
});

describe("secretValues", () => {
  it("finds them by their variables' names, and passwords in URLs", () => {
    const env = {
      RDS_USER: "pipeline",
      RDS_PW: "one",
      WEBHOOK_URL: "two",
      API_TOKEN: "three",
      IP: "127.0.0.1",
      MONKEY: "no",
      SOURCE: "postgresql://me:p%40w@db/x",
      PROXY: "http://me:50%@proxy",
    };
    expect(secretValues(env)).toEqual(["one", "two", "three", "p%40w", "p@w", "50%"]);
  });
});
