ALTER TABLE "account" ADD COLUMN "external_id" text;--> statement-breakpoint
CREATE UNIQUE INDEX "account_external_id_unique" ON "account" USING btree ("external_id");