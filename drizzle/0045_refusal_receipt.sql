CREATE TABLE "refusal_receipt" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "refusal_receipt_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone NOT NULL,
	"account_id" uuid NOT NULL,
	"token_id" uuid NOT NULL,
	"endpoint_id" integer NOT NULL,
	"surface" text NOT NULL,
	"code" text NOT NULL,
	"gate_id" text NOT NULL,
	"receipts" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE INDEX "refusal_receipt_by_time" ON "refusal_receipt" USING btree ("at");--> statement-breakpoint
CREATE INDEX "refusal_receipt_by_account" ON "refusal_receipt" USING btree ("account_id","at");