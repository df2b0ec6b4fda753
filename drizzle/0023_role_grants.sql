CREATE TABLE "staff_role_grant" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "staff_role_grant_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" uuid NOT NULL,
	"by_user_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "staff_member" DROP CONSTRAINT "staff_member_role_given_by_user_id_user_id_fk";
--> statement-breakpoint
ALTER TABLE "invitation" ADD COLUMN "former_inviter_user_ids" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "staff_role_grant" ADD CONSTRAINT "staff_role_grant_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_role_grant" ADD CONSTRAINT "staff_role_grant_by_user_id_user_id_fk" FOREIGN KEY ("by_user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "staff_role_grant_by_time" ON "staff_role_grant" USING btree ("at");--> statement-breakpoint
INSERT INTO "staff_role_grant" ("user_id", "by_user_id", "at") SELECT "user_id", "role_given_by_user_id", "role_given_at" FROM "staff_member" WHERE "role_given_by_user_id" IS NOT NULL AND "role_given_by_user_id" <> "user_id" AND "role_given_at" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "staff_member" DROP COLUMN "role_given_by_user_id";--> statement-breakpoint
ALTER TABLE "staff_member" DROP COLUMN "role_given_at";