ALTER TABLE "staff_member" ADD COLUMN "role_given_by_user_id" uuid;--> statement-breakpoint
ALTER TABLE "staff_member" ADD COLUMN "role_given_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "staff_member" ADD CONSTRAINT "staff_member_role_given_by_user_id_user_id_fk" FOREIGN KEY ("role_given_by_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;