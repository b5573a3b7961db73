import { describe, expect, it } from "vitest";
import { LineSplitter } from "./split-lines";

function split(chunks: (string | Uint8Array)[], max = 100): string[] {
  const splitter = new LineSplitter(max);
  const lines = chunks.flatMap((chunk) =>
    splitter.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk),
  );
  return [...lines, ...splitter.end()].map(({ text, cut }) => (cut ? `${text}…` : text));
}

const EURO = Buffer.from("€");

describe("LineSplitter", () => {
  it.each([
    ["LF", ["a\nb\n"], ["a", "b"]],
    ["CRLF", ["a\r\nb\r\n"], ["a", "b"]],
    ["a lone CR", ["10%\r20%\rdone\n"], ["10%", "20%", "done"]],
    ["CRLF across chunks", ["a\r", "\nb\n"], ["a", "b"]],
    ["CR at a chunk's end, then text", ["a\r", "b\n"], ["a", "b"]],
    ["CR, then an empty line", ["a\r", "\n\nb"], ["a", "", "b"]],
    ["no end", ["a\nb"], ["a", "b"]],
    ["empty lines", ["\n\na\n"], ["", "", "a"]],
    ["nothing", [], []],
    ["U+2028 is no line end", ["a\u2028b\n"], ["a\u2028b"]],
    ["a character across chunks", [EURO.subarray(0, 1), EURO.subarray(1), "\n"], ["€"]],
    ["invalid UTF-8", [Buffer.from([0x61, 0xff, 0x62, 0x0a])], ["a\ufffdb"]],
    ["a character cut off at the end", [EURO.subarray(0, 2)], ["\ufffd"]],
    ["a long line", ["x".repeat(150), "y\nz\n"], [`${"x".repeat(100)}…`, "z"]],
    ["a line of just the cap", [`${"x".repeat(100)}\n`], ["x".repeat(100)]],
  ] as [string, (string | Uint8Array)[], string[]][])("%s", (_name, chunks, lines) => {
    expect(split(chunks)).toEqual(lines);
  });

  it("gives the same lines however the bytes are cut", () => {
    const text = "eins\r\nzwei €\rdrei\n\nvier 😀\r\n\r\nend";
    const whole = split([text]);
    for (let size = 1; size < 8; size += 1) {
      const bytes = Buffer.from(text);
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      expect(split(chunks)).toEqual(whole);
    }
  });
});
