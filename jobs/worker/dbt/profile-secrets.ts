import { isSecretName } from "@/lib/logs/redact";
import { renderEnvVars } from "./render-env-vars";

/**
 * What must not be seen of a parsed profiles.yml: passwords, tokens and keys of every output, as they stand there
 * or in `env_var` calls, whatever the variable is called.
 */
export function profileSecrets(profiles: unknown, env: Record<string, string>): string[] {
  if (Array.isArray(profiles)) return profiles.flatMap((value) => profileSecrets(value, env));
  if (typeof profiles !== "object" || profiles === null) return [];
  return Object.entries(profiles).flatMap(([name, value]) => {
    if (typeof value === "object") return profileSecrets(value, env);
    if (!isSecretName(name)) return [];
    return renderEnvVars(String(value), env) ?? [];
  });
}
