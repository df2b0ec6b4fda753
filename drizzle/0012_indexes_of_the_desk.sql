CREATE INDEX "abuse_case_closed" ON "abuse_case" USING btree ("closed_at") WHERE "abuse_case"."state" = 'closed';--> statement-breakpoint
CREATE INDEX "case_event_closed" ON "case_event" USING btree ("at","actor_user_id") WHERE "case_event"."type" = 'case.closed';--> statement-breakpoint
CREATE INDEX "action_by_case" ON "action" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "network_day_by_network" ON "network_day" USING btree ("network","account_id","day");