ALTER TABLE "flag" ADD COLUMN "joined_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "flag_joined" ON "flag" USING btree ("detector","joined_at") WHERE "flag"."joined_at" is not null;--> statement-breakpoint
CREATE INDEX "flag_muted" ON "flag" USING btree ("muted_until") WHERE "flag"."state" = 'muted';