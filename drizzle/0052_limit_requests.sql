CREATE TABLE "limit_request" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"endpoint_id" integer,
	"value" bigint NOT NULL,
	"value_before" bigint NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone,
	"reason" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"created_by_user_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"answer" text,
	"decided_by_user_id" uuid,
	"decided_at" timestamp with time zone,
	"override_id" uuid,
	"load_id" uuid,
	CONSTRAINT "limit_request_kind" CHECK ("limit_request"."kind" in ('quota', 'rate_limit')),
	CONSTRAINT "limit_request_state" CHECK ("limit_request"."state" in ('open', 'granted', 'declined', 'withdrawn'))
);
--> statement-breakpoint
ALTER TABLE "override" ADD COLUMN "end_told_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "limit_request" ADD CONSTRAINT "limit_request_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "limit_request" ADD CONSTRAINT "limit_request_endpoint_id_endpoint_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoint"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "limit_request" ADD CONSTRAINT "limit_request_created_by_user_id_user_id_fk" FOREIGN KEY ("created_by_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "limit_request" ADD CONSTRAINT "limit_request_decided_by_user_id_user_id_fk" FOREIGN KEY ("decided_by_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "limit_request" ADD CONSTRAINT "limit_request_override_id_override_id_fk" FOREIGN KEY ("override_id") REFERENCES "public"."override"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "limit_request" ADD CONSTRAINT "limit_request_load_id_announced_load_id_fk" FOREIGN KEY ("load_id") REFERENCES "public"."announced_load"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "limit_request_open" ON "limit_request" USING btree ("account_id","kind",coalesce(endpoint_id, 0)) WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "limit_request_by_account" ON "limit_request" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "limit_request_by_state" ON "limit_request" USING btree ("state","created_at");--> statement-breakpoint
CREATE INDEX "override_untold_end" ON "override" USING btree ("ends_at") WHERE ends_at is not null and end_told_at is null;