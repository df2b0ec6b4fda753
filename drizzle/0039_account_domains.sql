CREATE TABLE "account_domain" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"domain" text NOT NULL,
	"challenge" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"proven_at" timestamp with time zone,
	"is_required" boolean DEFAULT false NOT NULL,
	"missing_since" timestamp with time zone,
	"checked_at" timestamp with time zone,
	"answer" text,
	"next_check_at" timestamp with time zone,
	"contested_at" timestamp with time zone,
	CONSTRAINT "account_domain_answer" CHECK ("account_domain"."answer" in ('found', 'absent', 'no_answer', 'taken')),
	CONSTRAINT "account_domain_required" CHECK (not "account_domain"."is_required" or "account_domain"."proven_at" is not null)
);
--> statement-breakpoint
ALTER TABLE "account_domain" ADD CONSTRAINT "account_domain_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "account_domain_unique" ON "account_domain" USING btree ("account_id","domain");--> statement-breakpoint
CREATE UNIQUE INDEX "account_domain_proven_unique" ON "account_domain" USING btree ("domain") WHERE "account_domain"."proven_at" is not null;--> statement-breakpoint
CREATE INDEX "account_domain_by_check" ON "account_domain" USING btree ("next_check_at") WHERE "account_domain"."next_check_at" is not null;