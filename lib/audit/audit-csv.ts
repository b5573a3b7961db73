import type { AuditEntry } from "@/lib/contracts/audit";
import { type CsvCell, csvLine } from "@/lib/csv-line";
import { quoteArgv } from "@/lib/runs/quote-argv";

const COLUMNS: readonly (readonly [heading: string, cell: (entry: AuditEntry) => CsvCell])[] = [
  ["id", ({ id }) => id],
  ["at_utc", ({ at }) => at],
  ["actor", ({ actor }) => actor],
  ["person_id", ({ personId }) => personId],
  ["token_id", ({ tokenId }) => tokenId],
  ["address", ({ address }) => address],
  ["user_agent", ({ userAgent }) => userAgent],
  ["action", ({ action }) => action],
  ["target", ({ target }) => target],
  ["result", ({ result }) => result],
  ["message", ({ message }) => message],
  ["reason", ({ reason }) => reason],
  ["params", ({ params }) => JSON.stringify(params)],
  ["command", ({ argv }) => (argv.length > 0 ? quoteArgv(argv) : null)],
  ["run_id", ({ runId }) => runId],
  ["run_state", ({ run }) => run?.state ?? null],
  ["run_outcome", ({ run }) => run?.outcome ?? null],
];

/** The audit as CSV with a line of headings, in pieces as they are read. */
export async function* auditCsv(pieces: AsyncIterable<readonly AuditEntry[]>): AsyncGenerator<string> {
  yield csvLine(COLUMNS.map(([heading]) => heading));
  for await (const entries of pieces)
    yield entries.map((entry) => csvLine(COLUMNS.map(([, cell]) => cell(entry)))).join("");
}
