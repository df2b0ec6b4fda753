CREATE TABLE "token_view" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"secret_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ip" "inet",
	"user_agent" text
);
--> statement-breakpoint
ALTER TABLE "token_view" ADD CONSTRAINT "token_view_secret_id_token_secret_id_fk" FOREIGN KEY ("secret_id") REFERENCES "public"."token_secret"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "token_view_by_secret" ON "token_view" USING btree ("secret_id");--> statement-breakpoint
CREATE INDEX "token_view_by_time" ON "token_view" USING btree ("created_at");