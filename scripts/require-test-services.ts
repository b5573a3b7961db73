const REQUIRED = ["BACKCOURT_TEST_POSTGRES_URL", "BACKCOURT_TEST_REDIS_URL", "BACKCOURT_TEST_PYTHON"];

/** Fails the integration tests at once, and clearly, where the stores that they need are absent. */
export default function requireTestServices(): void {
  const missing = REQUIRED.filter((name) => !process.env[name]);
  if (missing.length === 0) return;
  throw new Error(
    `The integration tests need real services, and ${missing.join(", ")} is not set. ` +
      "Run: npm test, or node scripts/with-services.mjs npx vitest run --project integration",
  );
}
