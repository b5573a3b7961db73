-- AlterTable
ALTER TABLE "backcourt"."run" ADD COLUMN     "program_host" TEXT,
ADD COLUMN     "program_started_at" TIMESTAMPTZ(3),
ADD COLUMN     "settler" TEXT;

