type TestVariable = "BACKCOURT_TEST_POSTGRES_URL" | "BACKCOURT_TEST_PYTHON" | "BACKCOURT_TEST_DBT";

/** A variable that integration tests need; throws, so that they fail rather than skip, where it is absent. */
export function requireTestVariable(name: TestVariable): string {
  const value = process.env[name];
  if (value !== undefined && value !== "") return value;
  const why =
    name === "BACKCOURT_TEST_DBT"
      ? "dbt is installed from PyPI with the other services, unless PyPI is out of reach"
      : "integration tests run on real services, which npm test starts";
  throw new Error(`${name} is not set: ${why}`);
}
