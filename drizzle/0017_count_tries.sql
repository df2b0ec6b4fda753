DROP INDEX "sign_in_failure_by_ip";--> statement-breakpoint
ALTER TABLE "sign_in_failure" ADD COLUMN "network" "cidr";--> statement-breakpoint
ALTER TABLE "sign_in_failure" ADD COLUMN "door" text DEFAULT 'stranger' NOT NULL;--> statement-breakpoint
ALTER TABLE "sign_in_failure" ADD COLUMN "device" uuid;--> statement-breakpoint
CREATE INDEX "sign_in_failure_by_network" ON "sign_in_failure" USING btree ("network","at");--> statement-breakpoint
ALTER TABLE "sign_in_failure" ADD CONSTRAINT "sign_in_failure_door" CHECK ("sign_in_failure"."door" in ('stranger', 'silent', 'device', 'proof', 'code'));