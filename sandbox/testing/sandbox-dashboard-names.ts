/** What the sandbox's ECS takes of a request's signature. */
export const SANDBOX_CREDENTIALS = {
  AWS_ACCESS_KEY_ID: "SANDBOXKEY",
  AWS_SECRET_ACCESS_KEY: "sandbox-secret",
};
/** The service under the names that production has. */
export const SANDBOX_TARGET = {
  region: "us-east-1",
  cluster: "jacobs-ecs-ec2-cluster",
  service: "nba_elt_dashboard",
};
export const REFRESH_TOKEN = "sandbox-refresh-token";
