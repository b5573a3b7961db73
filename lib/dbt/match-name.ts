import type { DbtNode } from "@/lib/contracts/dbt";

/**
 * Whether dbt's default method takes `name` for `node`, as `QualifiedNameSelectorMethod` of dbt-core does: by
 * the last segment, or by the leading ones, so that a name shared with a folder or package takes all in it.
 */
export function matchesName(node: DbtNode, name: string): boolean {
  if (node.type === "source") return false;
  const { fqn, version } = node;
  return (
    matchesQualified(fqn, name, version !== null) || matchesQualified(fqn.slice(1), name, version !== null)
  );
}

/** How a person may name `node`: by its own name, or, a version of a model, by that of all versions. */
export function namesOf(node: DbtNode): string[] {
  if (!node.selectable) return [];
  const ofAllVersions = node.version === null ? undefined : node.fqn.at(-2);
  return ofAllVersions === undefined ? [node.name] : [node.name, ofAllVersions];
}

function matchesQualified(fqn: readonly string[], name: string, isVersioned: boolean): boolean {
  const wanted = name.split(".");
  if (isVersioned) {
    if (fqn.at(-2) === name) return true;
    if (fqn.slice(-2).join("_") === wanted.slice(-2).join("_")) return true;
  } else if (fqn.at(-1) === name) return true;
  const segments = fqn.flatMap((segment) => segment.split("."));
  return wanted.length <= segments.length && wanted.every((part, index) => segments[index] === part);
}
