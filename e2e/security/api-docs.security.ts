import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { v7 as uuidv7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { hashToken } from "@/lib/auth/authenticate";
import { seasonCoverageSchema } from "@/lib/contracts/coverage";
import { runDetailSchema, runPreviewSchema, runSummarySchema } from "@/lib/contracts/runs";
import { createDb } from "@/lib/db";
import { STACK_PEOPLE } from "../stack/stack-people";
import { STACK, send } from "./send";

const GUIDE = readFileSync(new URL("../../docs/api.md", import.meta.url), "utf8");
/** The commands of the guide, in their order; the first block names the reader's own server, token and date. */
const [SETTINGS = "", ...COMMANDS] = [...GUIDE.matchAll(/```sh\n([\s\S]*?)```/g)].map(
  ([, block = ""]) => block,
);
const DATE = "2026-10-29";

let token: string;
beforeAll(async () => {
  const db = createDb(STACK.databaseUrl, "security-api-docs");
  token = `bc_${uuidv7().replaceAll("-", "")}guide`;
  const person = await db.person.findUniqueOrThrow({ where: { email: STACK_PEOPLE.operator.email } });
  await db.apiToken.create({
    data: {
      personId: person.id,
      name: "guide",
      role: "operator",
      tokenHash: hashToken(token),
      prefix: token.slice(0, 8),
      expiresAt: new Date(Date.now() + 3_600_000),
    },
  });
  await db.$disconnect();
});

/** What each block of the guide prints, run in one shell as a reader would. */
function runGuide(): Promise<string[]> {
  const mark = "=== end of block ===";
  const script = ["set -e", ...COMMANDS.map((block) => `${block}\necho; echo "${mark}"`)].join("\n");
  return new Promise((resolve, reject) => {
    execFile(
      "bash",
      ["-c", script],
      {
        env: { NODE_ENV: "test", PATH: process.env.PATH, BACKCOURT: STACK.url, BACKCOURT_TOKEN: token, DATE },
        timeout: 100_000,
      },
      (error, output, problems) => {
        if (error) reject(new Error(`${error.message}\n${output.slice(-2_000)}\n${problems}`));
        else resolve(output.split(mark).map((part) => part.trim()));
      },
    );
  });
}

describe("docs/api.md", () => {
  it("its commands do what it says: coverage, preview, order, follow, receipt, cancel", async () => {
    expect(SETTINGS).toContain("BACKCOURT_TOKEN=");
    const [, coverage = "", preview = "", runId = "", stream = "", receipt = "", cancelled = ""] =
      await runGuide();
    expect(
      seasonCoverageSchema.parse(JSON.parse(coverage.split("\n")[0] ?? "")).dates.length,
    ).toBeGreaterThan(0);
    expect(runPreviewSchema.parse(JSON.parse(preview)).runs[0]?.argv.slice(-2)).toEqual(["--run_date", DATE]);
    expect(runId).toMatch(/^[0-9a-f-]{36}$/);
    expect(stream).toContain(`argv [\\"--run_date\\", \\"${DATE}\\"]`);
    expect(stream).toContain('"type":"end-of-log"');
    const run = runDetailSchema.parse(JSON.parse(receipt.split("\n")[0] ?? ""));
    expect([run.id, run.reason, run.requestedBy]).toEqual([
      runId,
      "box scores were late",
      expect.stringContaining("Oskar"),
    ]);
    const ended = runSummarySchema.parse(JSON.parse(cancelled));
    expect(ended.state === "cancelled" || ended.cancelRequestedAt !== null).toBe(true);
  }, 120_000);

  it("OpenAPI is there for who has a token", async () => {
    const answer = await send({ path: "/api/openapi", headers: { authorization: `Bearer ${token}` } });
    expect(Object.keys(JSON.parse(answer.text).paths).length).toBeGreaterThan(40);
  });
});
