import { defineConfig } from "prisma/config";

// `generate` and schema diffs touch no database, but Prisma wants a URL all the same.
const NO_DATABASE = "postgresql://nobody@127.0.0.1:1/none";

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? NO_DATABASE },
});
