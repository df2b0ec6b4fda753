ALTER TABLE "token_secret" ADD COLUMN "given_to_user_id" uuid;--> statement-breakpoint
ALTER TABLE "token_secret" ADD CONSTRAINT "token_secret_given_to_user_id_user_id_fk" FOREIGN KEY ("given_to_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
UPDATE "token_secret" SET "given_to_user_id" = "token"."created_by_user_id" FROM "token" WHERE "token"."id" = "token_secret"."token_id";
