import { createParser, debounce, parseAsStringLiteral, useQueryStates } from "nuqs";
import type { z } from "zod";
import { AUDIT_RESULTS, type AuditFilter, auditRequestSchema } from "@/lib/contracts/audit";

const SHAPE = auditRequestSchema.shape;
const TYPING_MS = 300;

/** What makes no sense in an address counts as absent. */
function parserOf(schema: z.ZodType<string | undefined>) {
  return createParser<string>({
    parse: (text) => schema.safeParse(text).data ?? null,
    serialize: String,
  });
}

/** `?person=...&action=run.create&result=refused&from=2026-11-01&to=2026-11-22&run=...&text=LAL&before=412&entry=398` */
const PARSERS = {
  person: parserOf(SHAPE.person),
  action: parserOf(SHAPE.action),
  result: parseAsStringLiteral(AUDIT_RESULTS),
  from: parserOf(SHAPE.from),
  to: parserOf(SHAPE.to),
  run: parserOf(SHAPE.run),
  text: createParser<string>({ parse: (text) => text.slice(0, 200) || null, serialize: String }),
  before: parserOf(SHAPE.before),
  /** The entry that is open. */
  entry: parserOf(SHAPE.before),
};

const UNFILTERED = {
  person: null,
  action: null,
  result: null,
  from: null,
  to: null,
  run: null,
  text: null,
  before: null,
  entry: null,
};

/** Which entries are listed and which one is open, kept in the address so that it can be sent. */
export function useAuditAddress() {
  const [raw, setRaw] = useQueryStates(PARSERS, { history: "replace", scroll: false });
  const { before, entry, text, ...exact } = raw;
  const filter: AuditFilter = {
    person: exact.person ?? undefined,
    action: exact.action ?? undefined,
    result: exact.result ?? undefined,
    from: exact.from ?? undefined,
    to: exact.to ?? undefined,
    run: exact.run ?? undefined,
    text: text?.trim() || undefined,
  };
  return {
    filter,
    before: before ?? undefined,
    entry,
    filtered: Object.values(filter).some((value) => value !== undefined),
    /** As it is being typed, blanks included. */
    text: text ?? "",
    setText: (next: string) =>
      void setRaw(
        { text: next || null, before: null, entry: null },
        { limitUrlUpdates: debounce(TYPING_MS) },
      ),
    change: (next: Partial<Record<Exclude<keyof AuditFilter, "text">, string | null>>) =>
      void setRaw({ ...(next as Partial<typeof UNFILTERED>), before: null, entry: null }),
    open: (id: string | null) => void setRaw({ entry: id }),
    page: (next: string | null) =>
      void setRaw({ before: next, entry: null }, { history: "push", scroll: true }),
    clear: () => void setRaw(UNFILTERED),
  };
}

export type AuditAddress = ReturnType<typeof useAuditAddress>;
