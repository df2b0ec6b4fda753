ALTER TABLE "flag" ADD COLUMN "raised_at" timestamp with time zone DEFAULT now() NOT NULL;
--> statement-breakpoint
UPDATE "flag" SET "raised_at" = "first_seen_at";
