import { z } from "zod";
import { isGameDate } from "../../lib/game-date";
import { openControlStore } from "./control-store";
import { createStatsSource } from "./stats-source";

const LAST_ANSWERS_MS = 1_000;

const ENVIRONMENT = z.object({
  STATS_SOURCE_HOST: z
    .enum(["127.0.0.1", "::1", "localhost"], {
      error: "is a loopback address: the sandbox serves nobody else",
    })
    .default("127.0.0.1"),
  STATS_SOURCE_PORT: z.coerce.number({ error: "is a port" }).int().min(0).max(65_535),
  SANDBOX_ANCHOR_DATE: z
    .string({ error: "is the Eastern date to build the season around" })
    .refine(isGameDate, { error: "is a date YYYY-MM-DD" }),
  STATS_SOURCE_CONTROL_FILE: z.string().min(1).optional(),
});

const settings = ENVIRONMENT.safeParse(process.env);
if (settings.success) {
  serve(settings.data);
} else {
  console.error(settings.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`).join("\n"));
  process.exitCode = 1;
}

function serve(environment: z.output<typeof ENVIRONMENT>): void {
  const server = createStatsSource({
    anchorDate: environment.SANDBOX_ANCHOR_DATE,
    control: openControlStore(environment.STATS_SOURCE_CONTROL_FILE),
  });
  server.on("error", (error) => {
    console.error(`stats source cannot listen: ${error.message}`);
    process.exitCode = 1;
  });
  server.listen(environment.STATS_SOURCE_PORT, environment.STATS_SOURCE_HOST, () => {
    const address = server.address();
    if (address === null || typeof address === "string") return;
    const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
    console.log(`stats source listening on http://${host}:${address.port}`);
  });
  const stop = () => {
    server.close();
    // Answers under way may finish, but not for as long as a slow fault holds them.
    setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS).unref();
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}
