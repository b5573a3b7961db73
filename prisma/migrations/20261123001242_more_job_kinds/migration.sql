-- AlterTable
ALTER TABLE "backcourt"."run" ADD COLUMN     "handle" JSONB,
ADD COLUMN     "measured_before" JSONB,
ADD COLUMN     "progress" JSONB;

-- CreateTable
CREATE TABLE "backcourt"."observation" (
    "key" TEXT NOT NULL,
    "value" JSONB,
    "observed_at" TIMESTAMPTZ(3),
    "problem" TEXT,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "worker" TEXT NOT NULL,

    CONSTRAINT "observation_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "backcourt"."dbt_preset" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "select" TEXT[],
    "full_refresh" BOOLEAN NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dbt_preset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "backcourt"."dbt_node_result" (
    "run_id" UUID NOT NULL,
    "unique_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "seconds" DOUBLE PRECISION,
    "rows" BIGINT,
    "message" TEXT,
    "compiled_sql" TEXT,
    "full_refresh" BOOLEAN NOT NULL,

    CONSTRAINT "dbt_node_result_pkey" PRIMARY KEY ("run_id","unique_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "dbt_preset_name_key" ON "backcourt"."dbt_preset"("name");

-- CreateIndex
CREATE INDEX "dbt_node_result_unique_id_run_id_idx" ON "backcourt"."dbt_node_result"("unique_id", "run_id");

-- AddForeignKey
ALTER TABLE "backcourt"."dbt_node_result" ADD CONSTRAINT "dbt_node_result_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "backcourt"."run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

