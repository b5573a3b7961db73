import { describe, expect, it } from "vitest";
import { dbtSelectorSchema, dbtSelectorsSchema } from "@/lib/contracts/dbt";
import { type DbtSelector, formatSelector, MAX_SELECTOR_LENGTH, parseSelector } from "./parse-selector";

const selector = (name: string, before: number | null, after: number | null): DbtSelector => ({
  name,
  before,
  after,
});

describe("parseSelector", () => {
  it.each([
    ["fact_boxscores", selector("fact_boxscores", 0, 0)],
    ["fact_boxscores+", selector("fact_boxscores", 0, null)],
    ["+fact_boxscores", selector("fact_boxscores", null, 0)],
    ["+fact_boxscores+", selector("fact_boxscores", null, null)],
    ["2+fact_boxscores+1", selector("fact_boxscores", 2, 1)],
    ["12+x+99", selector("x", 12, 99)],
    ["+x+3", selector("x", null, 3)],
    ["1+2k_ratings+2", selector("2k_ratings", 1, 2)],
    ["2k_ratings", selector("2k_ratings", 0, 0)],
    ["dim_players.v2+", selector("dim_players.v2", 0, null)],
    ["unique_fact_games_player__game_date", selector("unique_fact_games_player__game_date", 0, 0)],
    ["my-seed+", selector("my-seed", 0, null)],
    ["_private", selector("_private", 0, 0)],
  ])("reads %s, and writes it as it was", (text, expected) => {
    expect(parseSelector(text)).toEqual(expected);
    expect(formatSelector(expected)).toBe(text);
    expect(dbtSelectorSchema.safeParse(text).success).toBe(true);
  });

  /** One between each two spaces; what holds white space of its own comes after. */
  const WORDS =
    "+ ++ 1 12 1+ +1 1+2 1+2+3 0+x x+0 00+x x+01 100+x x+100 -1+x 1.5+x x++ ++x x+1+ +x+y x+y +1+x x+1x " +
    "* x* *x ? x? [x] x[0] @x @ x@ path:models tag:nightly source:bronze source:bronze.games fqn:* " +
    "config.severity:error state:modified result:error+ package:odd method:x x: :x x,y , -f --vars --target " +
    "--full-refresh --profiles-dir --select -x -- - -+x +-x x;id x&id x|id $(id) `id` x>y x<y x'y x\"y x\\y x/y " +
    "../x ./x /etc/passwd models/x.sql x.sql x.SQL x.py x.csv models\\x C:\\x ~ ~x !x x! #x x# %x x% ^x x^ =x " +
    "x=1 {x} {{x}} (x) x( ٣+x x+٣ ３+x x+１ x² é ｘ fаct_boxscores x\u200b \ufeffx x\u0301 \u202ex 💥 x💥 .x .. . _.+.";
  const HOSTILE = [
    ...WORDS.split(" "),
    ...[
      "",
      " ",
      "+ +",
      "x y",
      " x",
      "x ",
      "x, y",
      "x ,y",
      "x\t",
      "\tx",
      "x\n",
      "\nx",
      "x\r",
      "x\ny",
      "x\r\ny",
    ],
    ...["x\u0000", "\u0000", "x\u000b", "x\u00a0", "\u2028x", "x\u2029", "null+ ", "+null+,x", "{{ x }}"],
    ...["--target dev", "x --target dev", "a+ --target dev", "x".repeat(MAX_SELECTOR_LENGTH + 1)],
    ...["+".repeat(500), "1".repeat(500), `${"9".repeat(30)}+x`, `x+${"9".repeat(30)}`],
  ];

  /** Good selectors with one bad part put before, behind, or between. */
  const BAD_PARTS = [..."*@:, \t\n\r\u0000/\\$`;|&?[]{}()<>'\"!#%^=~é٣３²\u200b\u2028💥", "++"];
  const GOOD = [
    "fact_boxscores",
    "fact_boxscores+",
    "+fact_boxscores",
    "2+fact_boxscores+1",
    "dim_players.v2",
    "2k_ratings+",
    "a-b+",
    "_x",
  ];
  const GENERATED = GOOD.flatMap((good) =>
    BAD_PARTS.flatMap((bad) => [
      `${bad}${good}`,
      `${good}${bad}`,
      `${good}${bad}${good}`,
      `fact${bad}${good}`,
    ]),
  );

  it("reads none of a thousand hostile texts", () => {
    const texts = [...new Set([...HOSTILE, ...GENERATED])];
    expect(texts.length).toBeGreaterThan(1_200);
    expect(texts.filter((text) => parseSelector(text) !== null)).toEqual([]);
    expect(texts.filter((text) => dbtSelectorSchema.safeParse(text).success)).toEqual([]);
  });

  it("answers at once to what would make a careless grammar backtrack", () => {
    for (const text of [`${"1".repeat(399)}+`, `${"a.".repeat(199)}+x`, `${"9".repeat(399)}`])
      expect(parseSelector(text)).toBeNull();
  });
});

describe("dbtSelectorsSchema", () => {
  it("takes no selection at all for everything, and none twice", () => {
    expect(dbtSelectorsSchema.safeParse([]).success).toBe(true);
    expect(dbtSelectorsSchema.safeParse(["x+", "x"]).success).toBe(true);
    expect(dbtSelectorsSchema.safeParse(["x+", "x+"]).success).toBe(false);
    expect(dbtSelectorsSchema.safeParse(Array.from({ length: 301 }, (_, n) => `x${n}`)).success).toBe(false);
  });
});
