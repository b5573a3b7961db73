import { isAlias, isMap, parseDocument } from "yaml";
import { AppError } from "@/lib/errors";

/**
 * A copy of a profiles.yml whose PostgreSQL outputs name their sessions `sessionName`; all else, Jinja included,
 * stays as it is. dbt reads YAML 1.1, where `yes` is true and `<<` merges.
 * @throws AppError `invalid-request` when it is not valid YAML
 */
export function deriveProfiles(text: string, sessionName: string): string {
  const document = parseDocument(text, { version: "1.1", merge: true });
  const [problem] = document.errors;
  if (problem)
    throw new AppError(
      "invalid-request",
      `profiles.yml is not valid YAML: ${problem.message.split("\n")[0]?.replace(/[.:]$/, "")}.`,
      { cause: problem },
    );
  const root = document.contents;
  // By the values, since an output may get its type by a merge.
  const values: unknown = document.toJS();
  if (!isMap(root) || !isRecord(values)) return text;
  for (const [profile, settings] of Object.entries(values)) {
    const outputs = isRecord(settings) ? settings.outputs : null;
    if (!isRecord(outputs)) continue;
    for (const [name, output] of Object.entries(outputs)) {
      if (!isRecord(output) || output.type !== "postgres") continue;
      const node = document.getIn([profile, "outputs", name], true);
      const map = isAlias(node) ? node.resolve(document) : node;
      if (isMap(map)) map.set("application_name", sessionName);
    }
  }
  return document.toString({ lineWidth: 0 });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
