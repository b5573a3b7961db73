import { TEAMS, type Team } from "./teams";

export const ROSTER_SIZE = 13;

// 31 and 29 share no factor, so a running number gives 899 distinct pairs of first and last name.
const FIRST_NAMES =
  "Abel Amari Bastian Caleb Cyrus Dario Desmond Elias Emeka Felix Gideon Hugo Idris Isaac Jonas Kaito Kelvin Luca Malik Matteo Nico Omari Pascal Quincy Rafael Silas Tobias Ulric Viktor Wendell Zaire".split(
    " ",
  );
const LAST_NAMES =
  "Abernathy Birchwood Castellan Dunmore Eastgate Fairbourne Greaves Hollowell Ingersol Juniper Kestrel Larkspur Merriweather Northcott Oakhurst Pemberton Quillfeather Ravenhill Stonebridge Thackeray Underhill Vantage Whitlock Yarborough Zellweger Ashdown Brackenridge Corvane Delacorte".split(
    " ",
  );

function playerName(running: number): string {
  return `${FIRST_NAMES[running % FIRST_NAMES.length]} ${LAST_NAMES[running % LAST_NAMES.length]}`;
}

const ROSTERS: ReadonlyMap<string, readonly string[]> = new Map(
  TEAMS.map((team, teamIndex) => [
    team.acronym,
    Array.from({ length: ROSTER_SIZE }, (_, seat) => playerName(teamIndex * ROSTER_SIZE + seat)),
  ]),
);

/** The made-up players of a team, best first; no name occurs twice in the league. */
export function rosterOf(team: Team): readonly string[] {
  const roster = ROSTERS.get(team.acronym);
  if (roster === undefined) throw new Error(`${team.acronym} is not a team of this league`);
  return roster;
}
