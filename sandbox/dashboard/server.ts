import { z } from "zod";
import { createDashboard } from "./dashboard";
import { readMarts } from "./read-marts";

const ENVIRONMENT = z.object({
  DASHBOARD_PORT: z.coerce.number({ error: "is a port" }).int().min(0).max(65_535).default(0),
  DASHBOARD_WAREHOUSE_URL: z.string({ error: "is a PostgreSQL URL that may read gold" }).min(1),
  DASHBOARD_REFRESH_TOKEN: z.string({ error: "is what X-Refresh-Token has to hold" }).min(8),
});

const settings = ENVIRONMENT.safeParse(process.env);
if (settings.success) {
  serve(settings.data);
} else {
  console.error(settings.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`).join("\n"));
  process.exitCode = 1;
}

function serve(environment: z.output<typeof ENVIRONMENT>): void {
  const server = createDashboard({
    token: environment.DASHBOARD_REFRESH_TOKEN,
    readMarts: () => readMarts(environment.DASHBOARD_WAREHOUSE_URL),
  });
  server.on("error", (error) => {
    console.error(`dashboard cannot listen: ${error.message}`);
    process.exitCode = 1;
  });
  server.listen(environment.DASHBOARD_PORT, "127.0.0.1", () => {
    const address = server.address();
    if (address === null || typeof address === "string") return;
    console.log(`dashboard listening on http://127.0.0.1:${address.port}`);
  });
  const stop = () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  // A task belongs to its scheduler: its end closes our input, even when it had no time to say goodbye.
  process.stdin.once("end", stop).resume();
}
