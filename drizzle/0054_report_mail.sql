CREATE TABLE "mail_intake" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"digest" "bytea" NOT NULL,
	"door" text NOT NULL,
	"state" text NOT NULL,
	"refusal" text,
	"from_address" text,
	"subject" text,
	"size_bytes" integer NOT NULL,
	"report_id" uuid,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mail_intake_door" CHECK ("mail_intake"."door" in ('imap', 'smtp')),
	CONSTRAINT "mail_intake_state" CHECK ("mail_intake"."state" in ('taken', 'refused')),
	CONSTRAINT "mail_intake_refusal" CHECK ("mail_intake"."refusal" in ('too_large', 'too_many_parts', 'too_deep', 'headers_too_large', 'too_slow', 'unreadable', 'empty', 'from_ourselves', 'delivery_report', 'too_many_of_sender'))
);
--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "source" text DEFAULT 'form' NOT NULL;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "evidence" text;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "attachments" jsonb;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "complaints" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "complaints_counted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "mail_intake" ADD CONSTRAINT "mail_intake_report_id_report_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."report"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "mail_intake_digest_unique" ON "mail_intake" USING btree ("digest");--> statement-breakpoint
CREATE INDEX "mail_intake_by_state" ON "mail_intake" USING btree ("state","received_at");--> statement-breakpoint
CREATE INDEX "mail_intake_by_sender" ON "mail_intake" USING btree ("from_address","received_at");--> statement-breakpoint
ALTER TABLE "report" ADD CONSTRAINT "report_source" CHECK ("report"."source" in ('form', 'mail', 'feedback_loop'));