import { describe, expect, test } from "vitest";
import { ansiSpans, markMatches, plainText } from "./ansi-spans";

const ESC = "\u001b";
const look = (text: string) => ansiSpans(text).map(({ text: content, color }) => [content, color]);

describe("ansiSpans", () => {
  test.each<[string, string, (string | null)[][]]>([
    ["plain", "hello", [["hello", null]]],
    ["empty", "", []],
    [
      "a colour and its end",
      `${ESC}[32mok${ESC}[0m done`,
      [
        ["ok", "green"],
        [" done", null],
      ],
    ],
    [
      "bright",
      `${ESC}[91mbad${ESC}[39m.`,
      [
        ["bad", "bright-red"],
        [".", null],
      ],
    ],
    ["256 colours", `${ESC}[38;5;208mhot`, [["hot", "rgb(255 135 0)"]]],
    ["256 colours, named", `${ESC}[38;5;9mhot`, [["hot", "bright-red"]]],
    ["greys", `${ESC}[38;5;244mdim`, [["dim", "rgb(128 128 128)"]]],
    ["true colour", `${ESC}[38;2;1;2;3mx`, [["x", "rgb(1 2 3)"]]],
    ["markup stays text", "<img src=x onerror=alert(1)>", [["<img src=x onerror=alert(1)>", null]]],
    ["an unknown SGR number", `${ESC}[999mx`, [["x", null]]],
  ])("%s", (_name, text, spans) => expect(look(text)).toEqual(spans));

  test("decorations", () => {
    const [span] = ansiSpans(`${ESC}[1;2;3;4;9;41mx`);
    expect(span).toMatchObject({
      bold: true,
      dim: true,
      italic: true,
      underline: true,
      strike: true,
      background: "red",
    });
  });

  test("reverse swaps text and ground", () => {
    expect(ansiSpans(`${ESC}[7mx`)[0]).toMatchObject({ color: "black", background: "white" });
    expect(ansiSpans(`${ESC}[31;7mx`)[0]).toMatchObject({ color: "black", background: "red" });
  });
});

describe("what a log may not do", () => {
  test.each([
    ["cursor movement", `a${ESC}[2Kb${ESC}[1;1Hc${ESC}[?25ld`, "abcd"],
    ["title", `a${ESC}]0;owned\u0007b`, "ab"],
    ["OSC-8 link with ST", `${ESC}]8;;javascript:alert(1)${ESC}\\click${ESC}]8;;${ESC}\\`, "click"],
    ["OSC-8 link with BEL", `${ESC}]8;;https://x\u0007click${ESC}]8;;\u0007`, "click"],
    ["a string without an end", `a${ESC}]52;c;AAAA`, "a"],
    ["DCS and APC", `a${ESC}Pq#0${ESC}\\b${ESC}_x${ESC}\\c`, "abc"],
    ["eight-bit CSI and OSC", "a\u009b31mb\u009d0;t\u009cc", "abc"],
    ["charset and reset", `a${ESC}(Bb${ESC}cc`, "abc"],
    ["a broken sequence", `a${ESC}[日b`, "a日b"],
    ["a sequence cut at the end", `a${ESC}[3`, "a"],
    ["a lone escape", `a${ESC}`, "a"],
    ["SGR with colons", `${ESC}[38:2::1:2:3mx`, "x"],
    ["NUL and carriage return", "a\u0000b\rc\u007f", "a␀b␍c␡"],
    ["a tab stays", "a\tb", "a\tb"],
    ["text turned around", "a\u202eb", "a<U+202E>b"],
    ["a line separator", "a\u2028b", "a<U+2028>b"],
  ])("%s", (_name, text, shown) => {
    expect(plainText(text)).toBe(shown);
    expect(
      ansiSpans(text)
        .map((span) => span.text)
        .join(""),
    ).toBe(shown);
  });
});

describe("markMatches", () => {
  const cut = (text: string, query: string) =>
    markMatches(ansiSpans(text), query).map(({ span, match }) => (match ? `[${span.text}]` : span.text));

  test.each([
    ["nothing asked", "abc", "", ["abc"]],
    ["nothing found", "abc", "x", ["abc"]],
    ["in the middle", "abcd", "bc", ["a", "[bc]", "d"]],
    ["whatever the case", "ERROR here", "error", ["[ERROR]", " here"]],
    ["more than once", "a-a", "a", ["[a]", "-", "[a]"]],
    ["one behind the other", "aaa", "a", ["[a]", "[a]", "[a]"]],
    ["across a change of colour", `ab${ESC}[31mcd`, "bc", ["a", "[b]", "[c]", "d"]],
    ["the whole line", "abc", "abc", ["[abc]"]],
  ])("%s", (_name, text, query, pieces) => expect(cut(text, query)).toEqual(pieces));
});
