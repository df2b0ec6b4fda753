CREATE TABLE "portal_link" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"secret_hash" text NOT NULL,
	"account_id" uuid NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"path" text NOT NULL,
	"return_url" text,
	"key_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"used_from_ip" "inet",
	CONSTRAINT "portal_link_role" CHECK ("portal_link"."role" in ('owner', 'developer', 'viewer'))
);
--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "account_id" uuid;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "most_role" text;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "return_url" text;--> statement-breakpoint
ALTER TABLE "portal_link" ADD CONSTRAINT "portal_link_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "portal_link" ADD CONSTRAINT "portal_link_key_id_staff_key_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."staff_key"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "portal_link_secret_unique" ON "portal_link" USING btree ("secret_hash");--> statement-breakpoint
CREATE INDEX "portal_link_by_time" ON "portal_link" USING btree ("created_at");--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_most_role" CHECK ("session"."most_role" in ('owner', 'developer', 'viewer'));--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_portal" CHECK (("session"."way" = 'portal') = ("session"."account_id" is not null) and ("session"."account_id" is null) = ("session"."most_role" is null));