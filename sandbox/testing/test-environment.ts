/** A variable that integration tests need; throws, so that they fail rather than skip, where it is absent. */
export function requireTestVariable(name: "BACKCOURT_TEST_POSTGRES_URL" | "BACKCOURT_TEST_PYTHON"): string {
  const value = process.env[name];
  if (value === undefined || value === "") {
    throw new Error(`${name} is not set: integration tests run on real services, which npm test starts`);
  }
  return value;
}
