import type { Person } from "@/lib/contracts/access";
import { ROLES } from "@/lib/contracts/roles";

/** Which people a list shows: everybody, one role of those who may sign in, or who is kept out. */
export const PEOPLE_GROUPS = ["admin", "operator", "viewer", "disabled"] as const;
export type PeopleGroup = (typeof PEOPLE_GROUPS)[number];

/** Who fits what was typed and chosen: who may sign in before who may not, the most entitled first, by name. */
export function orderPeople(people: readonly Person[], text: string, group: PeopleGroup | null): Person[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return people
    .filter((person) => group === null || groupOf(person) === group)
    .filter(({ name, email }) => words.every((word) => `${name} ${email}`.toLowerCase().includes(word)))
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name) || a.email.localeCompare(b.email));
}

/** How many are in each group. */
export function countGroups(people: readonly Person[]): Record<PeopleGroup, number> {
  const counts = { admin: 0, operator: 0, viewer: 0, disabled: 0 };
  for (const person of people) counts[groupOf(person)]++;
  return counts;
}

/** Whether nobody else could look after people: such a person keeps the role. */
export function isOnlyAdmin(people: readonly Person[], id: string): boolean {
  const admins = people.filter((person) => groupOf(person) === "admin");
  return admins.length === 1 && admins[0]?.id === id;
}

function groupOf(person: Person): PeopleGroup {
  return person.disabled ? "disabled" : person.role;
}

function rank(person: Person): number {
  return person.disabled ? ROLES.length : ROLES.length - 1 - ROLES.indexOf(person.role);
}
