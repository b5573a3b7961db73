/** @typedef {{ version?: string, dev?: boolean, optional?: boolean, os?: string[], cpu?: string[], libc?: string[], optionalDependencies?: Record<string, string> }} Entry */
/** @typedef {{ os: string[], cpu: string[], libc?: string[] }} Platform */

const SYSTEMS = ["android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "win32"];
const PROCESSORS = ["arm64", "arm", "ia32", "loong64", "ppc64", "riscv64", "s390x", "x64", "wasm32"];

/**
 * The platform that a package's name tells, by the custom that all packages of native programs follow.
 * @param {string} name such as `@next/swc-linux-x64-musl`
 * @returns {Platform}
 * @throws {Error} when the name tells none
 */
export function platformOf(name) {
  const words = name.split(/[-/]/);
  const system = SYSTEMS.find((word) => words.includes(word));
  const processor = PROCESSORS.find((word) => words.includes(word));
  if (!system || !processor)
    throw new Error(`${name} is missing in package-lock.json, and its name tells no platform`);
  const platform = { os: [system], cpu: [processor] };
  return words.includes("musl") ? { ...platform, libc: ["musl"] } : platform;
}

/**
 * Adds the optional packages that a lock file's entries ask for and that it lacks.
 * @param {Record<string, Entry>} packages of package-lock.json
 * @param {(name: string) => Platform} platform
 * @returns {{ packages: Record<string, Entry>, added: string[] }} sorted by path, as npm writes them
 */
export function withMissingPlatforms(packages, platform) {
  /** @type {Record<string, Entry>} */
  const missing = {};
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const key = `node_modules/${name}`;
      if (packages[key] || packages[`${path}/${key}`]) continue;
      missing[key] = { version, ...(entry.dev ? { dev: true } : {}), optional: true, ...platform(name) };
    }
  }
  const sorted = Object.entries({ ...packages, ...missing }).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return {
    packages: Object.fromEntries(sorted),
    added: Object.keys(missing).map((key) => key.replace("node_modules/", "")),
  };
}
