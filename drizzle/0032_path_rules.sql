CREATE TABLE "path_rules" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"matches_case" boolean DEFAULT false NOT NULL,
	"allows_encoded_slash" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "path_rules_one_row" CHECK ("path_rules"."id" = 1)
);

--> statement-breakpoint
INSERT INTO "path_rules" DEFAULT VALUES;--> statement-breakpoint
-- Kept before with their query, in which tokens and addresses of people can stand.
UPDATE "refusal" SET "path" = regexp_replace(split_part("path", '?', 1), '(gth[sg]?_)[A-Za-z0-9]{8,}', '\1…', 'g')
WHERE "path" LIKE '%?%' OR "path" ~ 'gth[sg]?_[A-Za-z0-9]{8,}';
