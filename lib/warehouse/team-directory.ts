import { z } from "zod";
import type { Team } from "@/lib/contracts/coverage";
import { BUILT_IN_TEAMS } from "./built-in-teams";
import type { WarehousePool } from "./warehouse-pool";
import type { WarehouseShape } from "./warehouse-shape";

/** Finds teams by the schedule's full name or by the box scores' acronym. */
export type TeamDirectory = {
  /** The acronym of a full name; made up from its letters when nobody knows the team. */
  acronymOf(name: string): string;
  teamOf(acronym: string): Team;
  acronyms(): string[];
  /** False for a name whose acronym is made up. */
  knows(name: string): boolean;
};

const teamRow = z.object({ name: z.string(), acronym: z.string(), color: z.string().nullable() });

/** Reads the warehouse's teams; the built-in table fills in for what it lacks. @throws WarehouseError */
export async function readTeamDirectory(pool: WarehousePool, shape: WarehouseShape): Promise<TeamDirectory> {
  const source = shape.lookups.teams;
  if (!source) return createTeamDirectory([]);
  const color = source.columns.has("primary_color") ? "primary_color::text" : "null";
  const teams = await pool.query(
    {
      tables: [source.table],
      text: `select team::text as name, team_acronym::text as acronym, ${color} as color
        from ${source.table} where team is not null and team_acronym is not null`,
    },
    teamRow,
  );
  return createTeamDirectory(teams);
}

/** A directory of the built-in teams and of `teams`, which win. */
export function createTeamDirectory(teams: readonly Team[]): TeamDirectory {
  const byName = new Map<string, Team>();
  const byAcronym = new Map<string, Team>();
  for (const team of [...BUILT_IN_TEAMS, ...teams]) {
    byName.set(team.name, team);
    byAcronym.set(team.acronym, team);
  }
  const madeUp = new Set<string>();

  function adopt(name: string): Team {
    madeUp.add(name);
    const team = { acronym: freeAcronym(name, byAcronym), name, color: null };
    byName.set(name, team);
    byAcronym.set(team.acronym, team);
    return team;
  }

  return {
    acronymOf: (name) => (byName.get(name) ?? adopt(name)).acronym,
    teamOf: (acronym) => byAcronym.get(acronym) ?? { acronym, name: acronym, color: null },
    acronyms: () => [...byAcronym.keys()],
    knows: (name) => byName.has(name) && !madeUp.has(name),
  };
}

/** Two to four capitals, so that the game can be named, and waived, like any other. */
function freeAcronym(name: string, taken: ReadonlyMap<string, Team>): string {
  const letters = name.toUpperCase().replace(/[^A-Z]/g, "");
  const initials = name
    .toUpperCase()
    .split(/[^A-Z]+/)
    .map((word) => word.charAt(0))
    .join("");
  const candidates = [letters.slice(0, 3), letters.slice(0, 4), initials.slice(0, 4)];
  const free = candidates.find((acronym) => acronym.length >= 2 && !taken.has(acronym));
  if (free) return free;
  for (let first = 65; first <= 90; first++)
    for (let second = 65; second <= 90; second++) {
      const acronym = `X${String.fromCharCode(first, second)}`;
      if (!taken.has(acronym)) return acronym;
    }
  return letters;
}
