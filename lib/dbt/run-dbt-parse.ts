import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { AppError } from "@/lib/errors";
import type { ProcessEnd } from "@/lib/executors/executor-types";
import { startLocalProcess } from "@/lib/executors/local-process";
import { identify, identityName } from "@/lib/executors/process-identity";

export type DbtParse = {
  /** The program and its leading arguments, for example `["uv", "run", "dbt"]`. */
  command: readonly string[];
  cwd: string;
  target: string;
  /** The whole environment of dbt. */
  env: Record<string, string>;
  /** A folder of our own: the project's target folder is left to those who build. */
  scratch: string;
  timeoutMs: number;
  /** Ends it before its time. */
  signal?: AbortSignal;
  sleep(ms: number): Promise<void>;
};

const STOP_STEP_MS = 3_000;
/** What of its output is kept to explain a failure: the first error is near the end of a short output. */
const KEPT_BYTES = 256 * 1024;

/**
 * Has dbt itself write the project's manifest; no warehouse is asked.
 * @returns the manifest's path
 * @throws AppError `invalid-request` with the first lines of dbt's error, or what else went wrong and what to do
 */
export async function runDbtParse(options: DbtParse): Promise<string> {
  const { command, cwd, target, env, scratch, timeoutMs, signal, sleep } = options;
  const targetFolder = join(scratch, "target");
  let output = "";
  const execution = startLocalProcess({
    // By the worker's identity it is found when that was killed.
    runId: `dbt-parse-${identityName(identify(process.pid))}-${randomUUID()}`,
    argv: [...command, "parse", "--target", target],
    cwd,
    env: { ...env, ...PARSE_ENVIRONMENT, DBT_TARGET_PATH: targetFolder, DBT_LOG_PATH: join(scratch, "logs") },
    stopStepMs: STOP_STEP_MS,
    sleep,
    output: (_channel, bytes) => {
      if (output.length < KEPT_BYTES) output += Buffer.from(bytes).toString("utf8");
    },
  });
  const timeout = AbortSignal.timeout(timeoutMs);
  const end = await Promise.race([
    execution.ended,
    abortOf(AbortSignal.any([timeout, ...(signal ? [signal] : [])])),
  ]);
  // Also after a normal end: dbt behind a launcher may have left something running.
  await execution.stop();
  if (end === "aborted" && signal?.aborted)
    throw new AppError("conflict", "dbt parse was ended: the worker stops.");
  if (end === "aborted")
    throw new AppError(
      "invalid-request",
      `dbt parse had not ended after ${Math.round(timeoutMs / 1_000)} s and was ended. Run it by hand in ${cwd} to see why.`,
    );
  if (end.kind === "exited" && end.exitCode === 0) return join(targetFolder, "manifest.json");
  throw new AppError("invalid-request", explainFailure(end, output, command));
}

/** What our reading needs of dbt, whatever the project's own flags and the worker's variables say. */
const PARSE_ENVIRONMENT = {
  DBT_WRITE_JSON: "true",
  DBT_USE_COLORS: "false",
  DBT_QUIET: "false",
  DBT_LOG_FORMAT: "text",
  DBT_LOG_LEVEL: "info",
  DO_NOT_TRACK: "1",
};

function abortOf(signal: AbortSignal): Promise<"aborted"> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve("aborted");
    signal.addEventListener("abort", () => resolve("aborted"), { once: true });
  });
}

function explainFailure(end: ProcessEnd, output: string, command: readonly string[]): string {
  if (end.kind === "not-started")
    return `${end.reason} Install dbt there (dbt-core below 2 with dbt-postgres), or set DBT_COMMAND to where it is.`;
  const how =
    end.kind === "exited"
      ? `ended with exit code ${end.exitCode}`
      : `was ended${end.kind === "signalled" ? ` by ${end.signal}` : ""}`;
  if (/No module named '?dbt\b/.test(output))
    return `dbt is not installed for ${command[0]} on the worker's machine: install dbt-core below 2 with dbt-postgres, or set DBT_COMMAND.`;
  const error = firstError(output);
  return error === ""
    ? `dbt parse ${how} without saying why. Run it by hand in the dbt checkout.`
    : `dbt parse ${how}: ${error}`;
}

const SHOWN_LINES = 6;
const SHOWN_CHARACTERS = 1_200;

/** dbt's first error with its details, without times and colours; else the last lines that were written. */
export function firstError(output: string): string {
  const lines = output
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
    .replace(/\u001b\[[0-9;]*m/g, "")
    .split(/\r?\n/)
    .map((line) => line.replace(/^\d{2}:\d{2}:\d{2}(?:\.\d+)?\s+/, "").trimEnd())
    .filter((line) => line.trim() !== "");
  const announced = lines.findIndex((line) => /^Encountered an error:?\s*$/.test(line));
  const named = lines.findIndex((line) => /\b(?:Error|Exception)\b/.test(line));
  const from = announced >= 0 ? announced + 1 : named >= 0 ? named : Math.max(0, lines.length - SHOWN_LINES);
  return lines
    .slice(from, from + SHOWN_LINES)
    .map((line) => line.trim())
    .join(" ")
    .slice(0, SHOWN_CHARACTERS);
}
