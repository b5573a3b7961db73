import type { StatementValues } from "./prediction-relation";
import type { TeamDirectory } from "./team-directory";

/**
 * SQL that keeps the games of the teams that `text` names: by acronym, else by a part of the full name. Names that
 * the directory knows are looked through here, and compared whole there; only the others are searched row by row.
 */
export function teamCondition(text: string, teams: TeamDirectory, values: StatementValues): string {
  const known = teams.acronyms().map((acronym) => teams.teamOf(acronym));
  const byAcronym = known.filter(({ acronym }) => acronym === text.toUpperCase());
  if (byAcronym.length > 0) return isOneOf(byAcronym, values);
  const wanted = text.toLowerCase();
  const matching = known.filter(({ name }) => name.toLowerCase().includes(wanted));
  const names = values.add(known.map(({ name }) => name));
  const pattern = values.add(`%${text.replace(/[\\%_]/g, "\\$&")}%`);
  const unknown = (side: string) => `(p.${side} <> all(${names}) and p.${side} ilike ${pattern})`;
  return `(${isOneOf(matching, values)} or ${unknown("home")} or ${unknown("away")})`;
}

function isOneOf(teams: readonly { name: string }[], values: StatementValues): string {
  const names = values.add(teams.map(({ name }) => name));
  return `(p.home = any(${names}) or p.away = any(${names}))`;
}
