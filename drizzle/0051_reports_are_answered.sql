ALTER TABLE "report" ADD COLUMN "acknowledged_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "answer" text;--> statement-breakpoint
ALTER TABLE "report" ADD COLUMN "answered_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "report_acknowledged" ON "report" USING btree ("acknowledged_at") WHERE acknowledged_at is not null;--> statement-breakpoint
CREATE INDEX "report_answered" ON "report" USING btree ("answered_at") WHERE answered_at is not null;