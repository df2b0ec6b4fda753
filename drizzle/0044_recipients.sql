CREATE TABLE "recipient_hour" (
	"account_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"endpoint_id" integer NOT NULL,
	"calls" bigint NOT NULL,
	"recipients" bigint NOT NULL,
	CONSTRAINT "recipient_hour_account_id_at_endpoint_id_pk" PRIMARY KEY("account_id","at","endpoint_id")
);
--> statement-breakpoint
ALTER TABLE "endpoint" ADD COLUMN "recipients_per_call" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "recipient_hour_by_time" ON "recipient_hour" USING btree ("at");