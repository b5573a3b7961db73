import { execFile } from "node:child_process";

/** @typedef {{ message?: string, metadata?: { vulnerabilities: { high: number, critical: number } } }} AuditReport */

/**
 * Asks the registry for advisories on what runs in production.
 * @param {string} root the checkout
 * @returns {Promise<{ failed: boolean } | { unknown: string }>} `unknown` says why there was no answer: then
 *   nothing was checked, and whoever asked has to say so
 */
export function checkAdvisories(root) {
  return new Promise((resolve) => {
    const options = { cwd: root, timeout: 60_000, maxBuffer: 64 * 1024 * 1024 };
    execFile("npm", ["audit", "--omit=dev", "--json"], options, (_error, output) =>
      resolve(judgeAudit(output)),
    );
  });
}

/** @param {string} output npm's JSON @returns {{ failed: boolean } | { unknown: string }} */
export function judgeAudit(output) {
  const report = parse(output);
  if (!report?.metadata) return { unknown: report?.message?.split(" - ")[0] ?? "npm audit gave no report" };
  const { high, critical } = report.metadata.vulnerabilities;
  if (high + critical > 0)
    console.error(`npm audit: ${high} high, ${critical} critical in production. Run: npm audit`);
  return { failed: high + critical > 0 };
}

/** @param {string} output @returns {AuditReport | undefined} */
function parse(output) {
  try {
    return JSON.parse(output);
  } catch {
    return undefined;
  }
}
