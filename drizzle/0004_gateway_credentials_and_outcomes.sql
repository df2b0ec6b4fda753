CREATE TABLE "gateway_credential" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"preview" text NOT NULL,
	"created_by_user_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone,
	"last_used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "outcome" (
	"reporter_id" uuid NOT NULL,
	"id" text NOT NULL,
	"account_id" uuid NOT NULL,
	"token_id" uuid NOT NULL,
	"endpoint_id" integer NOT NULL,
	"kind" text NOT NULL,
	"status" integer,
	"request_id" text,
	"at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	CONSTRAINT "outcome_reporter_id_id_pk" PRIMARY KEY("reporter_id","id"),
	CONSTRAINT "outcome_kind" CHECK ("outcome"."kind" in ('status', 'bounce', 'complaint')),
	CONSTRAINT "outcome_status" CHECK ("outcome"."status" between 100 and 999)
);
--> statement-breakpoint
ALTER TABLE "gateway_credential" ADD CONSTRAINT "gateway_credential_created_by_user_id_user_id_fk" FOREIGN KEY ("created_by_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "gateway_credential_hash_unique" ON "gateway_credential" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "outcome_by_account" ON "outcome" USING btree ("account_id","at");--> statement-breakpoint
CREATE INDEX "outcome_by_time" ON "outcome" USING btree ("at");