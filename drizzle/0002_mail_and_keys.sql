CREATE TABLE "mail" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"to_address" text NOT NULL,
	"user_id" uuid,
	"account_id" uuid,
	"subject_id" text,
	"subject" text NOT NULL,
	"text_body" text,
	"html_body" text,
	"secret_until" timestamp with time zone,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone,
	CONSTRAINT "mail_state" CHECK ("mail"."state" in ('waiting', 'sent', 'failed', 'kept'))
);
--> statement-breakpoint
ALTER TABLE "case_event" DROP CONSTRAINT "case_event_actor";--> statement-breakpoint
ALTER TABLE "audit_event" DROP CONSTRAINT "audit_event_actor";--> statement-breakpoint
ALTER TABLE "mail" ADD CONSTRAINT "mail_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail" ADD CONSTRAINT "mail_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mail_by_user" ON "mail" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "mail_by_subject" ON "mail" USING btree ("subject_id");--> statement-breakpoint
CREATE INDEX "mail_by_state" ON "mail" USING btree ("state","created_at");--> statement-breakpoint
ALTER TABLE "case_event" ADD CONSTRAINT "case_event_actor" CHECK ("case_event"."actor_kind" in ('visitor', 'user', 'member', 'staff', 'token', 'staff_key', 'job'));--> statement-breakpoint
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_actor" CHECK ("audit_event"."actor_kind" in ('visitor', 'user', 'member', 'staff', 'token', 'staff_key', 'job'));