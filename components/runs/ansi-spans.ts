import Anser from "anser";

/** Text of one look: `color` and `background` are a palette name (`red`, `bright-red`) or CSS `rgb(r g b)`. */
export type Span = {
  text: string;
  color: string | null;
  background: string | null;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
  strike: boolean;
};

/* biome-ignore-start lint/suspicious/noControlCharactersInRegex: terminal sequences are made of control characters */
// OSC, DCS, SOS, PM, APC: strings up to BEL or ST. An unended one is swallowed to the line's end.
const STRINGS = /(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[\s\S]*?(?:\u0007|\u001b\\|\u009c|$)/g;
// Every CSI that is not SGR (`m` without a private prefix), broken ones too, and every other escape.
const NOT_SGR =
  /(?:\u001b\[|\u009b)(?![\d;]*m)[\x20-\x3f]*[\x40-\x7e]?|\u001b(?!\[)[\x20-\x2f]*(?:[\x30-\x7e]|$)/g;
const C1_SGR = /\u009b(?=[\d;]*m)/g;
const SGR = /\u001b\[[\d;]*m/g;
// What stays must be seen: controls, and characters that reorder or break a line.
const INVISIBLE = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;
const NEEDS_CARE = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;
/* biome-ignore-end lint/suspicious/noControlCharactersInRegex: as above */

/** A log line's text without any terminal sequence: what is searched, copied and measured. */
export function plainText(text: string): string {
  if (!NEEDS_CARE.test(text)) return text;
  return makeVisible(sgrOnly(text).replace(SGR, ""));
}

/**
 * A log line as spans to render as text. Only SGR colours and decorations survive; cursor movement, titles
 * and OSC-8 links are dropped (their text stays), so a log cannot act on the page.
 */
export function ansiSpans(text: string): Span[] {
  if (!NEEDS_CARE.test(text)) return text === "" ? [] : [plainSpan(text)];
  return Anser.ansiToJson(sgrOnly(text), { json: true, use_classes: true, remove_empty: true }).map(
    (entry) => ({
      text: makeVisible(entry.content),
      color: colorOf(entry.fg, entry.fg_truecolor),
      background: colorOf(entry.bg, entry.bg_truecolor),
      bold: entry.decorations.includes("bold"),
      dim: entry.decorations.includes("dim"),
      italic: entry.decorations.includes("italic"),
      underline: entry.decorations.includes("underline"),
      strike: entry.decorations.includes("strikethrough"),
    }),
  );
}

/** Cuts spans at each occurrence of `query` (lower case), so that a match can be marked without changing the text. */
export function markMatches(spans: readonly Span[], query: string): { span: Span; match: boolean }[] {
  const whole = spans
    .map((span) => span.text)
    .join("")
    .toLowerCase();
  if (query === "" || !whole.includes(query)) return spans.map((span) => ({ span, match: false }));
  const edges: number[] = [];
  for (let at = whole.indexOf(query); at >= 0; at = whole.indexOf(query, at + query.length))
    edges.push(at, at + query.length);

  const pieces: { span: Span; match: boolean }[] = [];
  let offset = 0;
  let edge = 0;
  for (const span of spans) {
    let from = 0;
    while (from < span.text.length) {
      const cut = edges[edge];
      const to = cut === undefined ? span.text.length : Math.min(span.text.length, cut - offset);
      if (to > from)
        pieces.push({ span: { ...span, text: span.text.slice(from, to) }, match: edge % 2 === 1 });
      from = to;
      if (cut !== undefined && offset + from === cut) edge += 1;
    }
    offset += span.text.length;
  }
  return pieces;
}

function sgrOnly(text: string): string {
  return text.replace(STRINGS, "").replace(NOT_SGR, "").replace(C1_SGR, "\u001b[");
}

function makeVisible(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    if (code === 0x7f) return "\u2421";
    return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
  });
}

function colorOf(name: string | null, truecolor: string | null): string | null {
  if (!name) return null;
  if (name === "ansi-truecolor") return truecolor ? `rgb(${truecolor.split(/,\s*/).join(" ")})` : null;
  const index = /^ansi-palette-(\d+)$/.exec(name)?.[1];
  return index === undefined ? name.replace("ansi-", "") : paletteColor(Number(index));
}

const PALETTE_LEVELS = [0, 95, 135, 175, 215, 255];
const BASIC = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/** xterm's 256 colours: 16 named ones, a cube of 6 x 6 x 6, 24 greys. */
function paletteColor(index: number): string | null {
  if (index < 8) return BASIC[index] ?? null;
  if (index < 16) return `bright-${BASIC[index - 8]}`;
  if (index >= 232) return gray(8 + (index - 232) * 10);
  const cube = index - 16;
  const level = (step: number) => PALETTE_LEVELS[step] ?? 0;
  return `rgb(${level(Math.floor(cube / 36))} ${level(Math.floor(cube / 6) % 6)} ${level(cube % 6)})`;
}

function gray(level: number): string {
  return `rgb(${level} ${level} ${level})`;
}

function plainSpan(text: string): Span {
  return {
    text,
    color: null,
    background: null,
    bold: false,
    dim: false,
    italic: false,
    underline: false,
    strike: false,
  };
}
