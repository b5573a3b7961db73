import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parse as parseYaml } from "yaml";
import { z } from "zod";
import type { ProgramConnection } from "@/jobs/worker/program-connection";
import { AppError } from "@/lib/errors";
import { dbtConnectionOf } from "./dbt-connection";
import { profileSecrets } from "./profile-secrets";
import { renderEnvVars } from "./render-env-vars";

export type ProfileToRead = {
  /** The dbt checkout. */
  cwd: string;
  /** Where profiles.yml lies; null for dbt's own places. */
  profilesDir: string | null;
  target: string;
  /** The whole environment of dbt, by which Jinja's `env_var` is read. */
  env: Record<string, string>;
};

export type DbtProfile = {
  /** The text of the project's profiles.yml. */
  text: string;
  /** What of it must not be seen. */
  secrets: string[];
  /** How dbt connects; null where only dbt itself can tell. */
  connection: ProgramConnection | null;
};

/**
 * Reads the profile that dbt would take for the project.
 * @throws AppError `invalid-request`: what is wrong with the checkout or its profile, and what to do
 */
export async function readProfile({ cwd, profilesDir, target, env }: ProfileToRead): Promise<DbtProfile> {
  const profile = await readProfileName(cwd, env);
  const { path, text } = await findProfiles(cwd, profilesDir, env);
  const profiles = parseProfiles(text, path);
  const secrets = profileSecrets(profiles, env);
  if (profile === null) return { text, secrets, connection: null };
  const outputs = profiles[profile]?.outputs;
  if (!outputs)
    throw refused(
      `${path} has no profile ${profile}, which dbt_project.yml asks for. Put it there, or set DBT_PROFILES_DIR.`,
    );
  const output = outputs[target];
  if (!output)
    throw refused(
      `The profile ${profile} in ${path} has no target ${target}, only ${Object.keys(outputs).join(", ") || "none"}. Set DBT_TARGET, for web and worker alike.`,
    );
  if (output.type !== "postgres")
    throw refused(
      `The target ${target} in ${path} is of type ${String(output.type)}: Backcourt can name and end builds on PostgreSQL only.`,
    );
  return { text, secrets, connection: dbtConnectionOf(output, env) };
}

const projectSchema = z.object({ profile: z.string().nullish() });

/** Null where the project takes its profile's name from something that only dbt can work out. */
async function readProfileName(cwd: string, env: Record<string, string>): Promise<string | null> {
  const path = join(resolve(cwd), "dbt_project.yml");
  const text = await readText(path);
  if (text === null)
    throw refused(
      `There is no dbt_project.yml in ${resolve(cwd)}, or the worker may not read it. Set DBT_CWD to the dbt checkout, for web and worker alike.`,
    );
  const parsed = projectSchema.safeParse(parseText(text, path));
  const name = parsed.data?.profile;
  if (!name) throw refused(`${path} names no profile. dbt needs one to find its connection.`);
  return renderEnvVars(name, env);
}

async function findProfiles(
  cwd: string,
  profilesDir: string | null,
  env: Record<string, string>,
): Promise<{ path: string; text: string }> {
  const folders = profilesDir
    ? [resolve(profilesDir)]
    : [join(resolve(cwd), "profiles"), resolve(cwd), ...(env.HOME ? [join(env.HOME, ".dbt")] : [])];
  for (const folder of folders) {
    const path = join(folder, "profiles.yml");
    const text = await readText(path);
    if (text !== null) return { path, text };
  }
  throw refused(
    `No profiles.yml was found in ${folders.join(", ")}. Set DBT_PROFILES_DIR to the folder in which it lies.`,
  );
}

const outputSchema = z.record(z.string(), z.unknown());
const profileSchema = z.object({ outputs: z.record(z.string(), outputSchema).nullish() });

/** Only what a profile is made of is asked for: `config` and anchors stand beside the profiles. */
function parseProfiles(text: string, path: string): Record<string, z.infer<typeof profileSchema>> {
  const parsed = z.record(z.string(), z.unknown()).safeParse(parseText(text, path));
  if (!parsed.success) throw refused(`${path} holds no profiles.`);
  return Object.fromEntries(
    Object.entries(parsed.data).flatMap(([name, value]) => {
      const profile = profileSchema.safeParse(value);
      return profile.success ? [[name, profile.data]] : [];
    }),
  );
}

function parseText(text: string, path: string): unknown {
  try {
    // As dbt reads it: YAML 1.1, where `<<` merges.
    return parseYaml(text, { version: "1.1", merge: true });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split("\n")[0]?.replace(/[.:]$/, "") : "";
    throw new AppError("invalid-request", `${path} is not valid YAML: ${why}.`, { cause });
  }
}

/** Null for a file that is not there, or that the worker's user may not read. */
async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return null;
  }
}

function refused(message: string): AppError {
  return new AppError("invalid-request", message);
}
