CREATE TABLE "identity_provider" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"issuer" text NOT NULL,
	"client_id" text NOT NULL,
	"client_secret_sealed" text NOT NULL,
	"audience" text NOT NULL,
	"account_id" uuid,
	"is_enabled" boolean DEFAULT true NOT NULL,
	"is_only_way" boolean DEFAULT false NOT NULL,
	"checks_second_step" boolean DEFAULT false NOT NULL,
	"default_role" text,
	"role_rules" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"editor_user_ids" uuid[] DEFAULT '{}' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "identity_provider_audience" CHECK ("identity_provider"."audience" in ('staff', 'members', 'account')),
	CONSTRAINT "identity_provider_account" CHECK (("identity_provider"."audience" = 'account') = ("identity_provider"."account_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "person_identity" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "spent_once" (
	"hash" text PRIMARY KEY NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "provider_id" uuid;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "issuer_sid" text;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "is_two_step" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "staff_member" ADD COLUMN "break_glass_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "identity_provider" ADD CONSTRAINT "identity_provider_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_identity" ADD CONSTRAINT "person_identity_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "person_identity_unique" ON "person_identity" USING btree ("issuer","subject");--> statement-breakpoint
CREATE INDEX "person_identity_by_user" ON "person_identity" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "spent_once_by_end" ON "spent_once" USING btree ("until");--> statement-breakpoint
CREATE INDEX "session_by_provider" ON "session" USING btree ("provider_id") WHERE "session"."provider_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "staff_member_break_glass_unique" ON "staff_member" USING btree (("break_glass_since" is not null)) WHERE "staff_member"."break_glass_since" is not null;