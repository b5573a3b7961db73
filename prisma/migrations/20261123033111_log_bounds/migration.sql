-- AlterTable
ALTER TABLE "backcourt"."run" ADD COLUMN     "log_pruned_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "backcourt"."log_chunk" ADD COLUMN     "bytes" INTEGER NOT NULL DEFAULT 0;

