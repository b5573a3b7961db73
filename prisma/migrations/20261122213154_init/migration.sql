-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "backcourt";

-- CreateEnum
CREATE TYPE "backcourt"."run_state" AS ENUM ('queued', 'running', 'verifying', 'succeeded', 'partly', 'no_effect', 'failed', 'timed_out', 'cancelled', 'interrupted', 'refused');

-- CreateTable
CREATE TABLE "backcourt"."run" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "params" JSONB NOT NULL,
    "title" TEXT NOT NULL,
    "game_date" TEXT,
    "state" "backcourt"."run_state" NOT NULL DEFAULT 'queued',
    "outcome" TEXT,
    "receipt" JSONB,
    "argv" TEXT[],
    "cwd" TEXT NOT NULL,
    "lock_key" TEXT NOT NULL,
    "target_key" TEXT NOT NULL,
    "request_cost" INTEGER NOT NULL DEFAULT 0,
    "override_daily_run" BOOLEAN NOT NULL DEFAULT false,
    "requested_by" TEXT NOT NULL,
    "reason" TEXT,
    "idempotency_key" TEXT,
    "queued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "worker" TEXT,
    "claim_token" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "exit_code" INTEGER,
    "signal" TEXT,
    "cancel_requested_at" TIMESTAMPTZ(3),
    "cancel_requested_by" TEXT,
    "log_lines" INTEGER NOT NULL DEFAULT 0,
    "log_bytes" BIGINT NOT NULL DEFAULT 0,
    "log_truncated" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "backcourt"."log_chunk" (
    "run_id" UUID NOT NULL,
    "first_seq" INTEGER NOT NULL,
    "last_seq" INTEGER NOT NULL,
    "lines" JSONB NOT NULL,

    CONSTRAINT "log_chunk_pkey" PRIMARY KEY ("run_id","last_seq")
);

-- CreateTable
CREATE TABLE "backcourt"."waiver" (
    "id" UUID NOT NULL,
    "game_date" TEXT NOT NULL,
    "game" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "waived_by" TEXT NOT NULL,
    "waived_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" TEXT,

    CONSTRAINT "waiver_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "backcourt"."audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "target" TEXT,
    "params" JSONB NOT NULL,
    "result" TEXT NOT NULL,
    "message" TEXT,
    "run_id" UUID,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "backcourt"."worker" (
    "id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "stopped_at" TIMESTAMPTZ(3),

    CONSTRAINT "worker_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "run_lock_key_started_at_idx" ON "backcourt"."run"("lock_key", "started_at");

-- CreateIndex
CREATE INDEX "run_game_date_id_idx" ON "backcourt"."run"("game_date", "id");

-- CreateIndex
CREATE UNIQUE INDEX "run_idempotency_key_target_key_key" ON "backcourt"."run"("idempotency_key", "target_key");

-- CreateIndex
CREATE INDEX "waiver_game_date_idx" ON "backcourt"."waiver"("game_date");

-- CreateIndex
CREATE INDEX "audit_entry_at_idx" ON "backcourt"."audit_entry"("at");

-- AddForeignKey
ALTER TABLE "backcourt"."log_chunk" ADD CONSTRAINT "log_chunk_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "backcourt"."run"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma cannot express.

-- Serialises what must not overlap: a claim that would break it fails, and the run stays queued.
CREATE UNIQUE INDEX "run_lock_key_active" ON "backcourt"."run"("lock_key") WHERE "state" IN ('running', 'verifying');

-- One run on its way for each target.
CREATE UNIQUE INDEX "run_target_key_open" ON "backcourt"."run"("target_key") WHERE "state" IN ('queued', 'running', 'verifying');

-- What workers look out for each second.
CREATE INDEX "run_open" ON "backcourt"."run"("queued_at") WHERE "state" IN ('queued', 'running', 'verifying');

-- A game is waived once at a time.
CREATE UNIQUE INDEX "waiver_game_in_force" ON "backcourt"."waiver"("game_date", "game") WHERE "revoked_at" IS NULL;
