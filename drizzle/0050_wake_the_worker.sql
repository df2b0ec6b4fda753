-- Tells the worker, at commit, which of its jobs has something to do, so that it need not ask every second. The worker asks now and
-- then all the same: a notification can be lost.
CREATE FUNCTION wake_worker() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('gatehouse_work', TG_ARGV[0]);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER outbox_event_wakes AFTER INSERT ON outbox_event FOR EACH STATEMENT EXECUTE FUNCTION wake_worker('webhooks');
--> statement-breakpoint
CREATE TRIGGER account_domain_wakes AFTER INSERT OR UPDATE OF next_check_at ON account_domain FOR EACH STATEMENT EXECUTE FUNCTION wake_worker('check_domains');
--> statement-breakpoint
CREATE TRIGGER integration_wakes AFTER INSERT OR UPDATE OF privacy_policy_url, policy_next_check_at, archived_at ON integration
  FOR EACH STATEMENT EXECUTE FUNCTION wake_worker('check_policies');
--> statement-breakpoint
CREATE TRIGGER action_wakes AFTER INSERT OR UPDATE ON action FOR EACH STATEMENT EXECUTE FUNCTION wake_worker('settle');
--> statement-breakpoint
CREATE TRIGGER refusal_wakes AFTER INSERT ON refusal FOR EACH STATEMENT EXECUTE FUNCTION wake_worker('detect');
--> statement-breakpoint
CREATE TRIGGER refusal_receipt_wakes AFTER INSERT ON refusal_receipt FOR EACH STATEMENT EXECUTE FUNCTION wake_worker('detect');
--> statement-breakpoint
CREATE TRIGGER outcome_wakes AFTER INSERT ON outcome FOR EACH STATEMENT EXECUTE FUNCTION wake_worker('detect');
