CREATE TABLE "abuse_case" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"state" text NOT NULL,
	"outcome" text,
	"assignee_user_id" uuid,
	"claimed_until" timestamp with time zone,
	"snoozed_until" timestamp with time zone,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"closed_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_by_user_id" uuid,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "abuse_case_state" CHECK ("abuse_case"."state" in ('new', 'assigned', 'snoozed', 'waiting_for_owner', 'pending_approval', 'escalated', 'closed')),
	CONSTRAINT "abuse_case_outcome" CHECK ("abuse_case"."outcome" in ('no_abuse', 'broken_client_helped', 'notice', 'throttled', 'suspended', 'terminated', 'duplicate', 'our_fault'))
);
--> statement-breakpoint
CREATE TABLE "case_event" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "case_event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"case_id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"type" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_user_id" uuid,
	"actor_name" text NOT NULL,
	"data" jsonb NOT NULL,
	CONSTRAINT "case_event_actor" CHECK ("case_event"."actor_kind" in ('visitor', 'user', 'member', 'staff', 'job'))
);
--> statement-breakpoint
CREATE TABLE "flag" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"case_id" uuid,
	"detector" text NOT NULL,
	"detector_version" integer NOT NULL,
	"scope" text NOT NULL,
	"scope_id" text NOT NULL,
	"state" text NOT NULL,
	"severity" integer NOT NULL,
	"count" integer DEFAULT 1 NOT NULL,
	"summary" text NOT NULL,
	"evidence" jsonb NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	"decided_by_user_id" uuid,
	"dismiss_reason" text,
	CONSTRAINT "flag_scope" CHECK ("flag"."scope" in ('account', 'token', 'endpoint', 'network')),
	CONSTRAINT "flag_state" CHECK ("flag"."state" in ('open', 'recovering', 'expired', 'in_case', 'confirmed', 'dismissed', 'muted'))
);
--> statement-breakpoint
CREATE TABLE "account" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"slug" text NOT NULL,
	"plan_id" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"is_protected" boolean DEFAULT false NOT NULL,
	"standing_version" bigint DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "member" (
	"account_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "member_account_id_user_id_pk" PRIMARY KEY("account_id","user_id"),
	CONSTRAINT "member_role" CHECK ("member"."role" in ('owner', 'developer', 'viewer'))
);
--> statement-breakpoint
CREATE TABLE "audit_event" (
	"id" bigint PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"account_id" uuid,
	"actor_kind" text NOT NULL,
	"actor_user_id" uuid,
	"actor_name" text NOT NULL,
	"action" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"data" jsonb NOT NULL,
	"request_id" text NOT NULL,
	"ip" "inet",
	"hash" text NOT NULL,
	CONSTRAINT "audit_event_actor" CHECK ("audit_event"."actor_kind" in ('visitor', 'user', 'member', 'staff', 'job'))
);
--> statement-breakpoint
CREATE TABLE "outbox_event" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "outbox_event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"type" text NOT NULL,
	"account_id" uuid,
	"payload" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"delivered_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "invitation" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"secret_hash" text NOT NULL,
	"email" text,
	"role" text NOT NULL,
	"account_id" uuid,
	"invited_by_user_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "invitation_kind" CHECK ("invitation"."kind" in ('first_admin', 'staff', 'member'))
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"ip" "inet",
	"user_agent" text
);
--> statement-breakpoint
CREATE TABLE "sign_in_failure" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sign_in_failure_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"email" text NOT NULL,
	"ip" "inet",
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staff_member" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "staff_member_role" CHECK ("staff_member"."role" in ('support', 'reviewer', 'lead', 'admin'))
);
--> statement-breakpoint
CREATE TABLE "user" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text,
	"time_zone" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"disabled_at" timestamp with time zone,
	CONSTRAINT "user_email_lower" CHECK ("user"."email" = lower("user"."email"))
);
--> statement-breakpoint
CREATE TABLE "action" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"case_id" uuid,
	"type" text NOT NULL,
	"state" text NOT NULL,
	"surface" text,
	"token_id" uuid,
	"endpoint_id" integer,
	"factor" real,
	"reason_code" text NOT NULL,
	"policy_version_id" integer NOT NULL,
	"policy_clause" text NOT NULL,
	"public_text" text NOT NULL,
	"internal_note" text NOT NULL,
	"evidence" jsonb NOT NULL,
	"evidence_hash" text NOT NULL,
	"is_silent" boolean DEFAULT false NOT NULL,
	"notice_due_at" timestamp with time zone,
	"billing_consequence" text NOT NULL,
	"effective_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone,
	"author_user_id" uuid NOT NULL,
	"approver_user_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"standing_version" bigint,
	"applied_at" timestamp with time zone,
	"confirmed_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"ended_by_user_id" uuid,
	"end_reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "action_type" CHECK ("action"."type" in ('notice', 'throttle', 'token_pause', 'suspension', 'termination')),
	CONSTRAINT "action_state" CHECK ("action"."state" in ('draft', 'pending_approval', 'scheduled', 'applying', 'active', 'expired', 'lifted', 'superseded', 'overturned', 'cancelled')),
	CONSTRAINT "action_reason" CHECK ("action"."reason_code" in ('rate_excess', 'quota_excess', 'retry_storm', 'probing', 'credential_attack', 'token_leak', 'token_sharing', 'resale', 'spam', 'tampering', 'security_incident', 'payment', 'legal_order', 'other'))
);
--> statement-breakpoint
CREATE TABLE "notice" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"action_id" uuid,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"acknowledged_at" timestamp with time zone,
	"acknowledged_by_user_id" uuid
);
--> statement-breakpoint
CREATE TABLE "gate" (
	"id" text PRIMARY KEY NOT NULL,
	"pid" integer NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"decisions" bigint DEFAULT 0 NOT NULL,
	"journal_lag_bytes" bigint DEFAULT 0 NOT NULL,
	"stopped_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "standing_confirmation" (
	"account_id" uuid NOT NULL,
	"gate_id" text NOT NULL,
	"standing_version" bigint NOT NULL,
	"confirmed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "standing_confirmation_account_id_gate_id_standing_version_pk" PRIMARY KEY("account_id","gate_id","standing_version")
);
--> statement-breakpoint
CREATE TABLE "policy_document" (
	"id" serial PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"precedence" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy_version" (
	"id" serial PRIMARY KEY NOT NULL,
	"document_id" integer NOT NULL,
	"number" integer NOT NULL,
	"effective_at" timestamp with time zone NOT NULL,
	"clauses" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "endpoint" (
	"id" serial PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"surface" text NOT NULL,
	"method" text NOT NULL,
	"path" text NOT NULL,
	"scope" text,
	"rate_limit" integer,
	"window_seconds" integer DEFAULT 60 NOT NULL,
	"cost" integer DEFAULT 1 NOT NULL,
	"denied_at" timestamp with time zone,
	CONSTRAINT "endpoint_surface" CHECK ("endpoint"."surface" in ('http', 'smtp', 'inbound'))
);
--> statement-breakpoint
CREATE TABLE "override" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"endpoint_id" integer,
	"value" bigint NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone,
	"reason" text NOT NULL,
	"created_by_user_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "override_kind" CHECK ("override"."kind" in ('quota', 'rate_limit'))
);
--> statement-breakpoint
CREATE TABLE "plan" (
	"id" serial PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"quota_per_day" integer,
	"position" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plan_limit" (
	"plan_id" integer NOT NULL,
	"endpoint_id" integer NOT NULL,
	"rate_limit" integer NOT NULL,
	CONSTRAINT "plan_limit_plan_id_endpoint_id_pk" PRIMARY KEY("plan_id","endpoint_id")
);
--> statement-breakpoint
CREATE TABLE "scope" (
	"name" text PRIMARY KEY NOT NULL,
	"area" text NOT NULL,
	"description" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "token" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"scopes" text[] NOT NULL,
	"allowed_networks" text[] DEFAULT '{}'::text[] NOT NULL,
	"cap_per_day" integer,
	"cap_per_minute" integer,
	"created_by_user_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"paused_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"revoked_reason" text,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "token_last_use" (
	"token_id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"ip" "inet",
	"endpoint_id" integer DEFAULT 0 NOT NULL,
	"user_agent" text
);
--> statement-breakpoint
CREATE TABLE "token_secret" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"token_id" uuid NOT NULL,
	"hash" "bytea" NOT NULL,
	"preview" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retires_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "journal_position" (
	"gate_id" text PRIMARY KEY NOT NULL,
	"segment" text NOT NULL,
	"offset_bytes" bigint NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "network_day" (
	"account_id" uuid NOT NULL,
	"day" date NOT NULL,
	"token_id" uuid NOT NULL,
	"network" "cidr" NOT NULL,
	"requests" bigint NOT NULL,
	CONSTRAINT "network_day_account_id_day_token_id_network_pk" PRIMARY KEY("account_id","day","token_id","network")
);
--> statement-breakpoint
CREATE TABLE "refusal" (
	"receipt" text NOT NULL,
	"account_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"token_id" uuid NOT NULL,
	"endpoint_id" integer NOT NULL,
	"surface" text NOT NULL,
	"code" text NOT NULL,
	"method" text,
	"path" text,
	"ip" "inet",
	"user_agent" text,
	"request_id" text,
	"gate_id" text NOT NULL,
	"limiter" jsonb,
	"retry_after_seconds" integer,
	"missing_scope" text,
	CONSTRAINT "refusal_account_id_at_receipt_pk" PRIMARY KEY("account_id","at","receipt")
) PARTITION BY RANGE ("at");
--> statement-breakpoint
CREATE TABLE "unknown_attempt" (
	"at" timestamp with time zone NOT NULL,
	"network" "cidr" NOT NULL,
	"code" text NOT NULL,
	"requests" bigint NOT NULL,
	CONSTRAINT "unknown_attempt_at_network_code_pk" PRIMARY KEY("at","network","code")
);
--> statement-breakpoint
CREATE TABLE "usage_day" (
	"account_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"token_id" uuid NOT NULL,
	"endpoint_id" integer NOT NULL,
	"surface" text NOT NULL,
	"outcome" text NOT NULL,
	"requests" bigint NOT NULL,
	"spent" bigint NOT NULL,
	CONSTRAINT "usage_day_account_id_at_token_id_endpoint_id_surface_outcome_pk" PRIMARY KEY("account_id","at","token_id","endpoint_id","surface","outcome")
) PARTITION BY RANGE ("at");
--> statement-breakpoint
CREATE TABLE "usage_hour" (
	"account_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"token_id" uuid NOT NULL,
	"endpoint_id" integer NOT NULL,
	"surface" text NOT NULL,
	"outcome" text NOT NULL,
	"requests" bigint NOT NULL,
	"spent" bigint NOT NULL,
	CONSTRAINT "usage_hour_account_id_at_token_id_endpoint_id_surface_outcome_pk" PRIMARY KEY("account_id","at","token_id","endpoint_id","surface","outcome")
) PARTITION BY RANGE ("at");
--> statement-breakpoint
CREATE TABLE "usage_import" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"file_hash" text NOT NULL,
	"file_name" text NOT NULL,
	"lines" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "usage_minute" (
	"account_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"token_id" uuid NOT NULL,
	"endpoint_id" integer NOT NULL,
	"surface" text NOT NULL,
	"outcome" text NOT NULL,
	"requests" bigint NOT NULL,
	"spent" bigint NOT NULL,
	CONSTRAINT "usage_minute_account_id_at_token_id_endpoint_id_surface_outcome_pk" PRIMARY KEY("account_id","at","token_id","endpoint_id","surface","outcome")
) PARTITION BY RANGE ("at");
--> statement-breakpoint
CREATE TABLE "usage_second" (
	"account_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"token_id" uuid NOT NULL,
	"endpoint_id" integer NOT NULL,
	"allowed" integer NOT NULL,
	"refused" integer NOT NULL,
	CONSTRAINT "usage_second_account_id_at_token_id_endpoint_id_pk" PRIMARY KEY("account_id","at","token_id","endpoint_id")
) PARTITION BY RANGE ("at");
--> statement-breakpoint
ALTER TABLE "abuse_case" ADD CONSTRAINT "abuse_case_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "abuse_case" ADD CONSTRAINT "abuse_case_assignee_user_id_user_id_fk" FOREIGN KEY ("assignee_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "abuse_case" ADD CONSTRAINT "abuse_case_updated_by_user_id_user_id_fk" FOREIGN KEY ("updated_by_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_event" ADD CONSTRAINT "case_event_case_id_abuse_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."abuse_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flag" ADD CONSTRAINT "flag_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flag" ADD CONSTRAINT "flag_case_id_abuse_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."abuse_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flag" ADD CONSTRAINT "flag_decided_by_user_id_user_id_fk" FOREIGN KEY ("decided_by_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_plan_id_plan_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plan"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_invited_by_user_id_user_id_fk" FOREIGN KEY ("invited_by_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_member" ADD CONSTRAINT "staff_member_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "action" ADD CONSTRAINT "action_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "action" ADD CONSTRAINT "action_case_id_abuse_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."abuse_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "action" ADD CONSTRAINT "action_token_id_token_id_fk" FOREIGN KEY ("token_id") REFERENCES "public"."token"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "action" ADD CONSTRAINT "action_endpoint_id_endpoint_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoint"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "action" ADD CONSTRAINT "action_policy_version_id_policy_version_id_fk" FOREIGN KEY ("policy_version_id") REFERENCES "public"."policy_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "action" ADD CONSTRAINT "action_author_user_id_user_id_fk" FOREIGN KEY ("author_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "action" ADD CONSTRAINT "action_approver_user_id_user_id_fk" FOREIGN KEY ("approver_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "action" ADD CONSTRAINT "action_ended_by_user_id_user_id_fk" FOREIGN KEY ("ended_by_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_action_id_action_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."action"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_acknowledged_by_user_id_user_id_fk" FOREIGN KEY ("acknowledged_by_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_version" ADD CONSTRAINT "policy_version_document_id_policy_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."policy_document"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endpoint" ADD CONSTRAINT "endpoint_scope_scope_name_fk" FOREIGN KEY ("scope") REFERENCES "public"."scope"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "override" ADD CONSTRAINT "override_endpoint_id_endpoint_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoint"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_limit" ADD CONSTRAINT "plan_limit_plan_id_plan_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plan"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_limit" ADD CONSTRAINT "plan_limit_endpoint_id_endpoint_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoint"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "token" ADD CONSTRAINT "token_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "token" ADD CONSTRAINT "token_created_by_user_id_user_id_fk" FOREIGN KEY ("created_by_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "token_last_use" ADD CONSTRAINT "token_last_use_token_id_token_id_fk" FOREIGN KEY ("token_id") REFERENCES "public"."token"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "token_secret" ADD CONSTRAINT "token_secret_token_id_token_id_fk" FOREIGN KEY ("token_id") REFERENCES "public"."token"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "abuse_case_one_open" ON "abuse_case" USING btree ("account_id") WHERE "abuse_case"."state" <> 'closed';--> statement-breakpoint
CREATE INDEX "abuse_case_queue" ON "abuse_case" USING btree ("state","opened_at");--> statement-breakpoint
CREATE INDEX "abuse_case_by_account" ON "abuse_case" USING btree ("account_id","opened_at");--> statement-breakpoint
CREATE INDEX "case_event_by_case" ON "case_event" USING btree ("case_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "flag_one_open_per_key" ON "flag" USING btree ("account_id","detector","scope","scope_id") WHERE "flag"."state" in ('open', 'recovering', 'in_case');--> statement-breakpoint
CREATE INDEX "flag_by_case" ON "flag" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "flag_by_detector" ON "flag" USING btree ("detector","state");--> statement-breakpoint
CREATE UNIQUE INDEX "account_slug_unique" ON "account" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "account_by_name" ON "account" USING btree ("name");--> statement-breakpoint
CREATE INDEX "member_by_user" ON "member" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "audit_event_by_account" ON "audit_event" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "audit_event_by_subject" ON "audit_event" USING btree ("subject_kind","subject_id");--> statement-breakpoint
CREATE INDEX "outbox_event_waiting" ON "outbox_event" USING btree ("delivered_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "invitation_secret_unique" ON "invitation" USING btree ("secret_hash");--> statement-breakpoint
CREATE INDEX "invitation_by_account" ON "invitation" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "session_by_user" ON "session" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "sign_in_failure_by_email" ON "sign_in_failure" USING btree ("email","at");--> statement-breakpoint
CREATE INDEX "sign_in_failure_by_ip" ON "sign_in_failure" USING btree ("ip","at");--> statement-breakpoint
CREATE UNIQUE INDEX "user_email_unique" ON "user" USING btree ("email");--> statement-breakpoint
CREATE INDEX "action_by_account" ON "action" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "action_by_state" ON "action" USING btree ("state","ends_at");--> statement-breakpoint
CREATE INDEX "notice_by_account" ON "notice" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "policy_document_slug_unique" ON "policy_document" USING btree ("slug");--> statement-breakpoint
CREATE UNIQUE INDEX "policy_version_number_unique" ON "policy_version" USING btree ("document_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "endpoint_name_unique" ON "endpoint" USING btree ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "endpoint_route_unique" ON "endpoint" USING btree ("surface","method","path");--> statement-breakpoint
CREATE INDEX "override_by_account" ON "override" USING btree ("account_id","starts_at");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_name_unique" ON "plan" USING btree ("name");--> statement-breakpoint
CREATE INDEX "token_by_account" ON "token" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "token_secret_hash_unique" ON "token_secret" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "token_secret_by_token" ON "token_secret" USING btree ("token_id");--> statement-breakpoint
CREATE INDEX "refusal_by_receipt" ON "refusal" USING btree ("receipt");--> statement-breakpoint
CREATE INDEX "refusal_by_token" ON "refusal" USING btree ("token_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "usage_import_file_unique" ON "usage_import" USING btree ("file_hash");