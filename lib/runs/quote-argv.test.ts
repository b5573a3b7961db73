import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { quoteArgv } from "./quote-argv";

describe("quoteArgv", () => {
  test.each([
    [
      ["python", "-m", "scripts.backfill", "--run_date", "2026-11-19"],
      "python -m scripts.backfill --run_date 2026-11-19",
    ],
    [["echo", ""], "echo ''"],
    [["echo", "two words"], "echo 'two words'"],
    [["echo", "it's"], `echo 'it'\\''s'`],
    [["echo", "$HOME;id"], "echo '$HOME;id'"],
    [["echo", "a\nb\u001b[31m"], "echo $'a\\x0ab\\x1b[31m'"],
  ])("%j", (argv, text) => expect(quoteArgv(argv)).toBe(text));

  test("a shell reads back the same list", () => {
    const awkward = [
      "plain",
      "",
      "a b",
      "it's",
      'say "x"',
      "$(id)",
      "`id`",
      "\\",
      "a\nb",
      "tab\tquote'",
      "~",
      "*",
      "#",
      "é",
    ];
    const read = execFileSync("bash", ["-c", `printf '%s\\0' ${quoteArgv(awkward)}`]).toString();
    expect(read.split("\0").slice(0, -1)).toEqual(awkward);
  });
});
