import { describe, expect, it } from "vitest";
import { createTeamDirectory } from "./team-directory";

describe("createTeamDirectory", () => {
  it("knows the 30 teams without help, and takes the warehouse's word over its own", () => {
    const builtIn = createTeamDirectory([]);
    expect(builtIn.acronyms()).toHaveLength(30);
    expect(["Phoenix Suns", "Charlotte Hornets", "Brooklyn Nets"].map(builtIn.acronymOf)).toEqual([
      "PHX",
      "CHA",
      "BKN",
    ]);
    const own = createTeamDirectory([{ name: "Phoenix Suns", acronym: "PHX", color: "#123456" }]);
    expect(own.teamOf("PHX").color).toBe("#123456");
    expect(own.knows("Phoenix Suns")).toBe(true);
  });

  it("makes up an acronym for a team that nobody knows, and says so", () => {
    const teams = createTeamDirectory([]);
    expect(teams.acronymOf("Seattle SuperSonics")).toBe("SEA");
    expect(teams.acronymOf("Seattle SuperSonics")).toBe("SEA");
    expect(teams.acronymOf("Denver Larks")).toBe("DENV");
    expect(teams.acronymOf("Denver Pigs")).toBe("DP");
    expect(teams.acronymOf("Élan")).toMatch(/^[A-Z]{2,4}$/);
    expect(["Seattle SuperSonics", "Élan", "Boston Celtics"].map(teams.knows)).toEqual([false, false, true]);
    expect(teams.teamOf("XYZ")).toEqual({ acronym: "XYZ", name: "XYZ", color: null });
  });
});
