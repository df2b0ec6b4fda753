ALTER TABLE "abuse_case" ADD COLUMN "mailed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "staff_member" ADD COLUMN "mails_cases" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "action" ADD COLUMN "overdue_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "action_batch" ADD COLUMN "left_out" jsonb DEFAULT '[]'::jsonb NOT NULL;