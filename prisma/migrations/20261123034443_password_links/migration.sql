-- AlterTable
ALTER TABLE "backcourt"."invite" ADD COLUMN     "person_id" UUID;

-- AddForeignKey
ALTER TABLE "backcourt"."invite" ADD CONSTRAINT "invite_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "backcourt"."person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

