import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const IGNORED = ["**/node_modules/**", "**/.next/**", "**/.backcourt/**", "dist/**", "e2e/**"];

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") } },
  test: {
    environment: "node",
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...IGNORED, "**/*.int.test.ts"],
          testTimeout: 5_000,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["**/*.int.test.ts"],
          exclude: IGNORED,
          globalSetup: "scripts/require-test-services.ts",
          // One file at a time: each may start workers and count on the machine's two cores.
          fileParallelism: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "faults",
          include: ["e2e/faults/*.fault.ts"],
          globalSetup: "scripts/require-test-services.ts",
          // Each file kills servers of its own, and all count on the machine's two cores.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "security",
          include: ["e2e/security/*.security.ts"],
          // One stack for all files, which attack it one after the other.
          globalSetup: "e2e/security/one-stack.ts",
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
