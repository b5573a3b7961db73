import { describe, expect, it } from "vitest";
import type { Person } from "@/lib/contracts/access";
import type { Role } from "@/lib/contracts/roles";
import { countGroups, isOnlyAdmin, orderPeople, type PeopleGroup } from "./order-people";

function person(name: string, role: Role, isDisabled = false): Person {
  return {
    id: name,
    name,
    email: `${name.toLowerCase()}@example.com`,
    role,
    signIn: ["credential"],
    createdAt: "2026-11-01T00:00:00.000Z",
    lastSeenAt: null,
    disabled: isDisabled ? { at: "2026-11-02T00:00:00.000Z", by: "Ada", reason: null } : null,
    sessionCount: 0,
    sessions: [],
    tokens: [],
  };
}

const PEOPLE = [
  person("Zoe", "viewer"),
  person("Bob", "operator"),
  person("Gone", "admin", true),
  person("Ada", "admin"),
  person("Abe", "viewer"),
];

describe("who is listed", () => {
  const CASES: [text: string, group: PeopleGroup | null, names: string[]][] = [
    ["", null, ["Ada", "Bob", "Abe", "Zoe", "Gone"]],
    ["  B ", null, ["Bob", "Abe"]],
    ["ada example", null, ["Ada"]],
    ["ada nobody", null, []],
    ["", "viewer", ["Abe", "Zoe"]],
    ["", "admin", ["Ada"]],
    ["", "disabled", ["Gone"]],
    ["zoe", "admin", []],
  ];
  it.each(CASES)("%j in %j", (text, group, names) =>
    expect(orderPeople(PEOPLE, text, group).map(({ name }) => name)).toEqual(names),
  );

  it("is counted by group", () => {
    expect(countGroups(PEOPLE)).toEqual({ admin: 1, operator: 1, viewer: 2, disabled: 1 });
  });
});

describe("the only admin", () => {
  it("is who could not be replaced: a disabled one does not count", () => {
    expect(isOnlyAdmin(PEOPLE, "Ada")).toBe(true);
    expect(isOnlyAdmin(PEOPLE, "Gone")).toBe(false);
    expect(isOnlyAdmin(PEOPLE, "Bob")).toBe(false);
    expect(isOnlyAdmin([...PEOPLE, person("Eve", "admin")], "Ada")).toBe(false);
  });
});
