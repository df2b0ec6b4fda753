CREATE TABLE "journal" (
	"id" uuid PRIMARY KEY NOT NULL,
	"gate_id" text NOT NULL,
	"segment" text NOT NULL,
	"offset_bytes" bigint NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "gate" ADD COLUMN "journal_id" uuid;--> statement-breakpoint
ALTER TABLE "gate" ADD COLUMN "journal_folder" text;--> statement-breakpoint
ALTER TABLE "gate" ADD COLUMN "host" text;--> statement-breakpoint
ALTER TABLE "gate" ADD COLUMN "claimed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "gate" ADD COLUMN "lease_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "gate" ADD COLUMN "uncounted_since" timestamp with time zone;