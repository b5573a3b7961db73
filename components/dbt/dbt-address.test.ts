import { describe, expect, test } from "vitest";
import { DBT_ADDRESS_PARSERS, dbtHref, readSelection } from "./dbt-address";

describe("readSelection", () => {
  test.each<[name: string, text: string, selection: string[]]>([
    ["one selection", "fact_boxscores+", ["fact_boxscores+"]],
    ["several", "fact_boxscores+,2+standings+1", ["fact_boxscores+", "2+standings+1"]],
    [
      "a typed plus, which arrives as a space",
      "fact_boxscores ,1 standings",
      ["fact_boxscores+", "1+standings"],
    ],
    ["written as in the command", "fact_boxscores+ fact_pbp_data+", ["fact_boxscores+", "fact_pbp_data+"]],
    ["plain names with a space between", "standings teams", ["standings", "teams"]],
    ["the same twice", "standings,standings", ["standings"]],
    ["empty parts", ",standings,,", ["standings"]],
    ["nothing", "", []],
    ["what is no selection stays, to be seen", "--vars,tag:nightly", ["--vars", "tag:nightly"]],
    ["an option behind a name stays apart", "a+ --target dev", ["a+", "--target", "dev"]],
  ])("%s", (_name, text, selection) => expect(readSelection(text)).toEqual(selection));
});

describe("dbtHref", () => {
  test.each([
    [["fact_boxscores+", "fact_pbp_data+"], true, "/dbt?select=fact_boxscores%2B,fact_pbp_data%2B&full=1"],
    [["standings"], false, "/dbt?select=standings"],
    [[], true, "/dbt?full=1"],
    [[], false, "/dbt"],
  ])("%j, full refresh %s: %s", (select, fullRefresh, href) => {
    expect(dbtHref({ select, fullRefresh })).toBe(href);
    const { searchParams } = new URL(href, "http://localhost");
    expect(readSelection(searchParams.get("select") ?? "")).toEqual(select);
  });
});

test.each([
  ["1", true],
  ["0", false],
  ["true", false],
  ["yes", false],
  ["", false],
])("full=%s is %s", (text, on) => expect(DBT_ADDRESS_PARSERS.full.parse(text)).toBe(on));
