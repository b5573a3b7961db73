-- AlterTable
ALTER TABLE "backcourt"."person" ADD COLUMN     "disabled_reason" TEXT;

-- AlterTable
ALTER TABLE "backcourt"."api_token" ADD COLUMN     "last_used_address" TEXT;

