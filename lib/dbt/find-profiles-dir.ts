import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/**
 * The folder of the profiles.yml that dbt is to read: the configured one, else `profiles/` in the checkout,
 * else null, which leaves it to dbt (the checkout itself, or its user's home).
 */
export function findProfilesDir({
  cwd,
  configured,
}: {
  cwd: string;
  configured: string | null;
}): string | null {
  if (configured !== null) return resolve(configured);
  const own = resolve(cwd, "profiles");
  return existsSync(join(own, "profiles.yml")) ? own : null;
}
