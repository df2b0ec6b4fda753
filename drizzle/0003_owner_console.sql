CREATE TABLE "alert" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"rule_id" uuid,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"path" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone,
	"seen_by_user_id" uuid
);
--> statement-breakpoint
CREATE TABLE "alert_rule" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"threshold_percent" integer NOT NULL,
	"cooldown_seconds" integer NOT NULL,
	"is_mailed" boolean DEFAULT true NOT NULL,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by_user_id" uuid,
	"seen_share" real DEFAULT 0 NOT NULL,
	"seen_at" timestamp with time zone,
	"fired_at" timestamp with time zone,
	CONSTRAINT "alert_rule_kind" CHECK ("alert_rule"."kind" in ('quota', 'pace', 'rate_pressure', 'refused_share'))
);
--> statement-breakpoint
CREATE TABLE "password_reset" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"secret_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"ip" "inet"
);
--> statement-breakpoint
CREATE TABLE "recovery_code" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"code_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "account_export" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"requested_by_user_id" uuid,
	"state" text NOT NULL,
	"files_done" integer DEFAULT 0 NOT NULL,
	"files_total" integer DEFAULT 0 NOT NULL,
	"rows" bigint DEFAULT 0 NOT NULL,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	CONSTRAINT "account_export_state" CHECK ("account_export"."state" in ('waiting', 'running', 'done', 'failed', 'removed'))
);
--> statement-breakpoint
CREATE TABLE "export_chunk" (
	"export_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "export_chunk_export_id_position_pk" PRIMARY KEY("export_id","position")
);
--> statement-breakpoint
CREATE TABLE "integration" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"purpose" text NOT NULL,
	"contact_email" text NOT NULL,
	"privacy_policy_url" text,
	"data_collected" text[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by_user_id" uuid
);
--> statement-breakpoint
CREATE TABLE "limit_fact" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "limit_fact_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"account_id" uuid,
	"plan_id" integer,
	"endpoint_id" integer,
	"value" bigint,
	"from_at" timestamp with time zone NOT NULL,
	CONSTRAINT "limit_fact_kind" CHECK ("limit_fact"."kind" in ('account_plan', 'plan_quota', 'plan_rate', 'endpoint_rate'))
);
--> statement-breakpoint
CREATE TABLE "secret_use" (
	"secret_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"network" "cidr" NOT NULL,
	"client" text NOT NULL,
	"requests" bigint NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	CONSTRAINT "secret_use_secret_id_at_network_client_pk" PRIMARY KEY("secret_id","at","network","client")
);
--> statement-breakpoint
CREATE TABLE "token_reminder" (
	"token_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"days_before" integer NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	CONSTRAINT "token_reminder_token_id_expires_at_days_before_pk" PRIMARY KEY("token_id","expires_at","days_before")
);
--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "member" ADD COLUMN "mails_alerts" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "member" ADD COLUMN "mails_tokens" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "user" ADD COLUMN "totp_sealed" text;--> statement-breakpoint
ALTER TABLE "user" ADD COLUMN "totp_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "user" ADD COLUMN "totp_last_step" bigint;--> statement-breakpoint
ALTER TABLE "token" ADD COLUMN "integration_id" uuid;--> statement-breakpoint
ALTER TABLE "token" ADD COLUMN "updated_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "token" ADD COLUMN "updated_by_user_id" uuid;--> statement-breakpoint
ALTER TABLE "alert" ADD CONSTRAINT "alert_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert" ADD CONSTRAINT "alert_rule_id_alert_rule_id_fk" FOREIGN KEY ("rule_id") REFERENCES "public"."alert_rule"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert" ADD CONSTRAINT "alert_seen_by_user_id_user_id_fk" FOREIGN KEY ("seen_by_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_rule" ADD CONSTRAINT "alert_rule_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alert_rule" ADD CONSTRAINT "alert_rule_created_by_user_id_user_id_fk" FOREIGN KEY ("created_by_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "password_reset" ADD CONSTRAINT "password_reset_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_export" ADD CONSTRAINT "account_export_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_export" ADD CONSTRAINT "account_export_requested_by_user_id_user_id_fk" FOREIGN KEY ("requested_by_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export_chunk" ADD CONSTRAINT "export_chunk_export_id_account_export_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."account_export"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "integration" ADD CONSTRAINT "integration_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "integration" ADD CONSTRAINT "integration_updated_by_user_id_user_id_fk" FOREIGN KEY ("updated_by_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secret_use" ADD CONSTRAINT "secret_use_secret_id_token_secret_id_fk" FOREIGN KEY ("secret_id") REFERENCES "public"."token_secret"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "token_reminder" ADD CONSTRAINT "token_reminder_token_id_token_id_fk" FOREIGN KEY ("token_id") REFERENCES "public"."token"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_by_account" ON "alert" USING btree ("account_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "alert_rule_unique" ON "alert_rule" USING btree ("account_id","kind","threshold_percent");--> statement-breakpoint
CREATE UNIQUE INDEX "password_reset_secret_unique" ON "password_reset" USING btree ("secret_hash");--> statement-breakpoint
CREATE INDEX "password_reset_by_user" ON "password_reset" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "recovery_code_unique" ON "recovery_code" USING btree ("user_id","code_hash");--> statement-breakpoint
CREATE INDEX "account_export_by_account" ON "account_export" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "integration_by_account" ON "integration" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "limit_fact_by_account" ON "limit_fact" USING btree ("account_id","from_at");--> statement-breakpoint
CREATE INDEX "limit_fact_by_plan" ON "limit_fact" USING btree ("plan_id","from_at");--> statement-breakpoint
CREATE INDEX "secret_use_by_time" ON "secret_use" USING btree ("at");--> statement-breakpoint
ALTER TABLE "token" ADD CONSTRAINT "token_integration_id_integration_id_fk" FOREIGN KEY ("integration_id") REFERENCES "public"."integration"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "token" ADD CONSTRAINT "token_updated_by_user_id_user_id_fk" FOREIGN KEY ("updated_by_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- Every change of a limit leaves a fact, whoever makes it. What a new row says has held from the beginning.
CREATE FUNCTION record_limit_fact() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  since timestamptz := CASE TG_OP WHEN 'INSERT' THEN 'epoch'::timestamptz ELSE now() END;
BEGIN
  IF TG_TABLE_NAME = 'account' THEN
    IF TG_OP = 'INSERT' OR NEW.plan_id <> OLD.plan_id THEN
      INSERT INTO limit_fact (kind, account_id, plan_id, from_at) VALUES ('account_plan', NEW.id, NEW.plan_id, since);
    END IF;
  ELSIF TG_TABLE_NAME = 'plan' THEN
    IF TG_OP = 'INSERT' OR NEW.quota_per_day IS DISTINCT FROM OLD.quota_per_day THEN
      INSERT INTO limit_fact (kind, plan_id, value, from_at) VALUES ('plan_quota', NEW.id, NEW.quota_per_day, since);
    END IF;
  ELSIF TG_TABLE_NAME = 'endpoint' THEN
    IF TG_OP = 'INSERT' OR NEW.rate_limit IS DISTINCT FROM OLD.rate_limit THEN
      INSERT INTO limit_fact (kind, endpoint_id, value, from_at) VALUES ('endpoint_rate', NEW.id, NEW.rate_limit, since);
    END IF;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO limit_fact (kind, plan_id, endpoint_id, value, from_at) VALUES ('plan_rate', OLD.plan_id, OLD.endpoint_id, NULL, since);
  ELSIF TG_OP = 'INSERT' OR NEW.rate_limit <> OLD.rate_limit THEN
    -- A plan's own limit on an endpoint may come long after the plan: until then the endpoint's own held.
    INSERT INTO limit_fact (kind, plan_id, endpoint_id, value, from_at) VALUES ('plan_rate', NEW.plan_id, NEW.endpoint_id, NEW.rate_limit, now());
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER account_limit_fact AFTER INSERT OR UPDATE OF plan_id ON account FOR EACH ROW EXECUTE FUNCTION record_limit_fact();
--> statement-breakpoint
CREATE TRIGGER plan_limit_fact AFTER INSERT OR UPDATE OF quota_per_day ON plan FOR EACH ROW EXECUTE FUNCTION record_limit_fact();
--> statement-breakpoint
CREATE TRIGGER endpoint_limit_fact AFTER INSERT OR UPDATE OF rate_limit ON endpoint FOR EACH ROW EXECUTE FUNCTION record_limit_fact();
--> statement-breakpoint
CREATE TRIGGER plan_limit_limit_fact AFTER INSERT OR UPDATE OR DELETE ON plan_limit FOR EACH ROW EXECUTE FUNCTION record_limit_fact();
--> statement-breakpoint
INSERT INTO limit_fact (kind, account_id, plan_id, from_at) SELECT 'account_plan', id, plan_id, 'epoch' FROM account;
--> statement-breakpoint
INSERT INTO limit_fact (kind, plan_id, value, from_at) SELECT 'plan_quota', id, quota_per_day, 'epoch' FROM plan;
--> statement-breakpoint
INSERT INTO limit_fact (kind, endpoint_id, value, from_at) SELECT 'endpoint_rate', id, rate_limit, 'epoch' FROM endpoint;
--> statement-breakpoint
INSERT INTO limit_fact (kind, plan_id, endpoint_id, value, from_at) SELECT 'plan_rate', plan_id, endpoint_id, rate_limit, 'epoch' FROM plan_limit;
--> statement-breakpoint
-- Accounts from before there were alerts get what new ones are made with.
INSERT INTO alert_rule (account_id, kind, threshold_percent, cooldown_seconds)
  SELECT a.id, r.kind, r.percent, r.cooldown FROM account a
  CROSS JOIN (VALUES ('quota', 80, 3600), ('quota', 100, 3600), ('pace', 100, 21600)) r(kind, percent, cooldown);
