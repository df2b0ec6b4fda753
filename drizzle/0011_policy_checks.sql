ALTER TABLE "integration" ADD COLUMN "policy_checked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "integration" ADD COLUMN "policy_problem" text;--> statement-breakpoint
ALTER TABLE "integration" ADD COLUMN "policy_failing_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "integration" ADD COLUMN "policy_next_check_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "integration_policy_due" ON "integration" USING btree ("policy_next_check_at") WHERE archived_at is null and privacy_policy_url is not null;