ALTER TABLE "outcome" ADD COLUMN "method" text;--> statement-breakpoint
ALTER TABLE "outcome" ADD COLUMN "path" text;--> statement-breakpoint
ALTER TABLE "outcome" ADD COLUMN "ip" "inet";--> statement-breakpoint
ALTER TABLE "outcome" ADD COLUMN "user_agent" text;