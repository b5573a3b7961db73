import { defineConfig } from "prisma/config";

// `generate` and schema diffs touch no database, but Prisma wants a URL all the same.
const NO_DATABASE = "postgresql://nobody@127.0.0.1:1/none";

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  // The owner migrates; the role of web and worker (DATABASE_URL) may not.
  datasource: { url: process.env.MIGRATION_DATABASE_URL ?? NO_DATABASE },
});
