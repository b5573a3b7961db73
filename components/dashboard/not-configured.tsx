import classes from "./not-configured.module.css";

/** What each variable is, in the words of .env.example. */
const MEANING: Record<string, string> = {
  DASHBOARD_REGION: "the AWS region of the service, such as us-east-1",
  DASHBOARD_CLUSTER: "the name of its ECS cluster",
  DASHBOARD_SERVICE: "the name of the service itself",
};

/** Which variables are missing for this page, where they belong, and that nothing else is lacking. */
export function NotConfigured({ missing }: { missing: readonly string[] }) {
  return (
    <section className={classes.panel} aria-labelledby="not-configured">
      <h2 id="not-configured">The dashboard's ECS service is not configured</h2>
      <p>{missing.length === 1 ? "This variable is" : `These ${missing.length} variables are`} not set:</p>
      <dl className={classes.list}>
        {missing.map((name) => (
          <div key={name} className={classes.variable}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>{MEANING[name] ?? "described in .env.example"}</dd>
          </div>
        ))}
      </dl>
      <p>
        Set them for the web and for the worker, and start both again. The worker also needs AWS credentials
        that may look at this service and stop its tasks: <code>docs/aws.md</code> has the policy. Then this
        page says whether a restart is due, and restarts the dashboard with one click. Everything else works
        without.
      </p>
    </section>
  );
}
