CREATE TABLE "announced_load" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"reason" text NOT NULL,
	"created_by_user_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"cancelled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "case_reference" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"case_id" uuid NOT NULL,
	"label" text NOT NULL,
	"url" text,
	"created_by_user_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "case_viewer" (
	"case_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "case_viewer_case_id_user_id_pk" PRIMARY KEY("case_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "detector_config" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"detector" text NOT NULL,
	"number" integer NOT NULL,
	"mode" text NOT NULL,
	"thresholds" jsonb NOT NULL,
	"note" text NOT NULL,
	"created_by_user_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"published_at" timestamp with time zone,
	"published_by_user_id" uuid,
	CONSTRAINT "detector_config_mode" CHECK ("detector_config"."mode" in ('off', 'shadow', 'flags'))
);
--> statement-breakpoint
CREATE TABLE "report" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"about" text NOT NULL,
	"body" text NOT NULL,
	"reporter_name" text,
	"reporter_email" text,
	"ip" "inet",
	"account_id" uuid,
	"case_id" uuid,
	"assignee_user_id" uuid,
	"outcome" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "report_kind" CHECK ("report"."kind" in ('abuse', 'vulnerability')),
	CONSTRAINT "report_state" CHECK ("report"."state" in ('new', 'assigned', 'in_case', 'closed'))
);
--> statement-breakpoint
CREATE TABLE "saved_filter" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL,
	"created_by_user_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "self_cure" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"text" text NOT NULL,
	"created_by_user_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "shadow_signal" (
	"detector" text NOT NULL,
	"day" date NOT NULL,
	"account_id" uuid NOT NULL,
	"scope" text NOT NULL,
	"scope_id" text NOT NULL,
	"severity" integer NOT NULL,
	"summary" text NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "shadow_signal_detector_day_account_id_scope_scope_id_pk" PRIMARY KEY("detector","day","account_id","scope","scope_id")
);
--> statement-breakpoint
CREATE TABLE "view_event" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "view_event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"user_id" uuid NOT NULL,
	"user_name" text NOT NULL,
	"role" text NOT NULL,
	"account_id" uuid,
	"what" text NOT NULL,
	"subject_id" text NOT NULL,
	"reason" text,
	"request_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "action_batch" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"type" text NOT NULL,
	"reason_code" text NOT NULL,
	"accounts" integer NOT NULL,
	"created_by_user_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"undone_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "appeal" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"action_id" uuid NOT NULL,
	"case_id" uuid,
	"state" text NOT NULL,
	"cause" text NOT NULL,
	"changed" text NOT NULL,
	"prevention" text NOT NULL,
	"submitted_by_user_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"assignee_user_id" uuid,
	"decided_at" timestamp with time zone,
	"decided_by_user_id" uuid,
	"decision_text" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "appeal_state" CHECK ("appeal"."state" in ('submitted', 'assigned', 'waiting_for_owner', 'granted', 'partly_granted', 'rejected', 'withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "appeal_message" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "appeal_message_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"appeal_id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"author_kind" text NOT NULL,
	"author_user_id" uuid,
	"author_name" text NOT NULL,
	"text" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "abuse_case" ADD COLUMN "snooze_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "abuse_case" ADD COLUMN "previous_case_id" uuid;--> statement-breakpoint
ALTER TABLE "abuse_case" ADD COLUMN "reminded_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "flag" ADD COLUMN "muted_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "flag" ADD COLUMN "mute_reason" text;--> statement-breakpoint
ALTER TABLE "flag" ADD COLUMN "held_reason" text;--> statement-breakpoint
ALTER TABLE "action" ADD COLUMN "silence_reason" text;--> statement-breakpoint
ALTER TABLE "action" ADD COLUMN "lapses_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "action" ADD COLUMN "wanted_ends_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "action" ADD COLUMN "replaces_action_id" uuid;--> statement-breakpoint
ALTER TABLE "action" ADD COLUMN "served_seconds" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "action" ADD COLUMN "wind_down_ends_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "action" ADD COLUMN "batch_id" uuid;--> statement-breakpoint
ALTER TABLE "notice" ADD COLUMN "mailed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "notice" ADD COLUMN "withdrawn_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "endpoint" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "plan" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "announced_load" ADD CONSTRAINT "announced_load_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "announced_load" ADD CONSTRAINT "announced_load_created_by_user_id_user_id_fk" FOREIGN KEY ("created_by_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_reference" ADD CONSTRAINT "case_reference_case_id_abuse_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."abuse_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_reference" ADD CONSTRAINT "case_reference_created_by_user_id_user_id_fk" FOREIGN KEY ("created_by_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_viewer" ADD CONSTRAINT "case_viewer_case_id_abuse_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."abuse_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_viewer" ADD CONSTRAINT "case_viewer_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "detector_config" ADD CONSTRAINT "detector_config_created_by_user_id_user_id_fk" FOREIGN KEY ("created_by_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "detector_config" ADD CONSTRAINT "detector_config_published_by_user_id_user_id_fk" FOREIGN KEY ("published_by_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report" ADD CONSTRAINT "report_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report" ADD CONSTRAINT "report_case_id_abuse_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."abuse_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "report" ADD CONSTRAINT "report_assignee_user_id_user_id_fk" FOREIGN KEY ("assignee_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_filter" ADD CONSTRAINT "saved_filter_created_by_user_id_user_id_fk" FOREIGN KEY ("created_by_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "self_cure" ADD CONSTRAINT "self_cure_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "self_cure" ADD CONSTRAINT "self_cure_created_by_user_id_user_id_fk" FOREIGN KEY ("created_by_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "action_batch" ADD CONSTRAINT "action_batch_created_by_user_id_user_id_fk" FOREIGN KEY ("created_by_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeal" ADD CONSTRAINT "appeal_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeal" ADD CONSTRAINT "appeal_action_id_action_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."action"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeal" ADD CONSTRAINT "appeal_case_id_abuse_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."abuse_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeal" ADD CONSTRAINT "appeal_submitted_by_user_id_user_id_fk" FOREIGN KEY ("submitted_by_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeal" ADD CONSTRAINT "appeal_assignee_user_id_user_id_fk" FOREIGN KEY ("assignee_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeal" ADD CONSTRAINT "appeal_decided_by_user_id_user_id_fk" FOREIGN KEY ("decided_by_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeal_message" ADD CONSTRAINT "appeal_message_appeal_id_appeal_id_fk" FOREIGN KEY ("appeal_id") REFERENCES "public"."appeal"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "announced_load_by_account" ON "announced_load" USING btree ("account_id","ends_at");--> statement-breakpoint
CREATE INDEX "case_reference_by_case" ON "case_reference" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "detector_config_number" ON "detector_config" USING btree ("detector","number");--> statement-breakpoint
CREATE INDEX "report_by_state" ON "report" USING btree ("state","created_at");--> statement-breakpoint
CREATE INDEX "report_by_ip" ON "report" USING btree ("ip","created_at");--> statement-breakpoint
CREATE INDEX "report_by_case" ON "report" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "self_cure_by_account" ON "self_cure" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "view_event_by_account" ON "view_event" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "view_event_by_user" ON "view_event" USING btree ("user_id","what","subject_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "appeal_one_open" ON "appeal" USING btree ("action_id") WHERE "appeal"."state" in ('submitted', 'assigned', 'waiting_for_owner');--> statement-breakpoint
CREATE INDEX "appeal_by_account" ON "appeal" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "appeal_by_state" ON "appeal" USING btree ("state","due_at");--> statement-breakpoint
CREATE INDEX "appeal_message_by_appeal" ON "appeal_message" USING btree ("appeal_id","id");--> statement-breakpoint
ALTER TABLE "action" ADD CONSTRAINT "action_batch_id_action_batch_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."action_batch"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "action_by_batch" ON "action" USING btree ("batch_id");--> statement-breakpoint
CREATE TRIGGER appeal_message_append_only BEFORE UPDATE OR DELETE ON appeal_message FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER appeal_message_no_truncate BEFORE TRUNCATE ON appeal_message FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER view_event_append_only BEFORE UPDATE ON view_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER action_no_delete BEFORE DELETE ON action FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER abuse_case_no_delete BEFORE DELETE ON abuse_case FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER appeal_no_delete BEFORE DELETE ON appeal FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- What an action was decided on, by whom and in which words stays as it was; its state and its end may move.
CREATE FUNCTION refuse_change_of_grounds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.account_id, OLD.type, OLD.reason_code, OLD.policy_version_id, OLD.policy_clause, OLD.public_text, OLD.internal_note,
      OLD.evidence, OLD.evidence_hash, OLD.author_user_id, OLD.created_at)
    IS DISTINCT FROM
     (NEW.account_id, NEW.type, NEW.reason_code, NEW.policy_version_id, NEW.policy_clause, NEW.public_text, NEW.internal_note,
      NEW.evidence, NEW.evidence_hash, NEW.author_user_id, NEW.created_at) THEN
    RAISE EXCEPTION 'The grounds of an action are sealed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER action_grounds_sealed BEFORE UPDATE ON action FOR EACH ROW EXECUTE FUNCTION refuse_change_of_grounds();
