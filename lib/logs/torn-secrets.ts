/** Of a secret that is torn by a line's end so much is masked at that end, though it may be an accident. */
const SHORTEST_PART = 4;
const TELLING_PART = 1 / 3;
/** A key for looking a split up by what stands behind it. */
const KEY_LENGTH = 2;

/** Where the two ends of a line belong to a secret that its neighbours continue: characters to mask at each. */
export type TornEnds = { atStart: number; atEnd: number };

/**
 * Secrets that are spread over lines, because a program wraps its output, or writes a secret in pieces. What
 * begins a line is one when, behind the text before it, it makes a secret whole or grows it; what ends a line
 * when it is a good part of one.
 */
export class TornSecrets {
  private readonly splits = new Map<string, { form: string; at: number }[]>();
  private readonly heads = new Map<string, string[]>();

  constructor(forms: readonly string[]) {
    for (const form of forms) {
      for (let at = 1; at < form.length; at += 1)
        listOf(this.splits, form.slice(at, at + KEY_LENGTH)).push({ form, at });
      listOf(this.heads, form.slice(0, SHORTEST_PART)).push(form);
    }
  }

  /** `before` is the text that directly precedes the line, line ends left out. */
  find(line: string, before: string): TornEnds {
    return { atStart: this.findAtStart(line, before), atEnd: this.findAtEnd(line) };
  }

  private findAtStart(line: string, before: string): number {
    let longest = 0;
    for (const key of [line.slice(0, KEY_LENGTH), line.slice(0, 1)]) {
      for (const { form, at } of this.splits.get(key) ?? []) {
        const length = Math.min(form.length - at, line.length);
        if (length <= longest || !form.startsWith(line.slice(0, length), at)) continue;
        const isWhole = at + length === form.length;
        if ((isWhole || at + length >= tellingLength(form)) && before.endsWith(form.slice(0, at)))
          longest = length;
      }
    }
    return longest;
  }

  private findAtEnd(line: string): number {
    let longest = 0;
    for (const [head, forms] of this.heads) {
      for (let at = line.indexOf(head); at !== -1; at = line.indexOf(head, at + 1)) {
        const rest = line.length - at;
        if (rest <= longest) break;
        const tail = line.slice(at);
        if (forms.some((form) => rest < form.length && rest >= tellingLength(form) && form.startsWith(tail)))
          longest = rest;
      }
    }
    return longest;
  }
}

function tellingLength({ length }: string): number {
  return Math.max(SHORTEST_PART, Math.ceil(length * TELLING_PART));
}

function listOf<Value>(lists: Map<string, Value[]>, key: string): Value[] {
  const known = lists.get(key) ?? [];
  lists.set(key, known);
  return known;
}
