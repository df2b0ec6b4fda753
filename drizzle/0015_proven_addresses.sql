ALTER TABLE "invitation" ADD COLUMN "proven_by" text;--> statement-breakpoint
ALTER TABLE "user" ADD COLUMN "email_verified_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_proof" CHECK ("invitation"."proven_by" in ('mail', 'operator'));--> statement-breakpoint
-- Staff were let in by an admin who knows them, and an account whose people wait for approvals must not stand still. A used reset
-- link went to the mailbox. Of everybody else nobody knows: they were let in by links that their inviters saw.
UPDATE "user" SET "email_verified_at" = now() WHERE EXISTS (SELECT 1 FROM "staff_member" WHERE "staff_member"."user_id" = "user"."id" AND "staff_member"."ended_at" IS NULL) OR EXISTS (SELECT 1 FROM "password_reset" WHERE "password_reset"."user_id" = "user"."id" AND "password_reset"."used_at" IS NOT NULL AND "password_reset"."ip" IS NOT NULL);
