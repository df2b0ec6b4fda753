ALTER TABLE "limit_fact" DROP CONSTRAINT "limit_fact_kind";--> statement-breakpoint
ALTER TABLE "limit_fact" ADD CONSTRAINT "limit_fact_kind" CHECK ("limit_fact"."kind" in ('account_plan', 'plan_quota', 'plan_rate', 'endpoint_rate', 'endpoint_window'));--> statement-breakpoint
-- A rate limit says little without its window: a change of the window leaves a fact too.
CREATE FUNCTION record_window_fact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' OR NEW.window_seconds <> OLD.window_seconds THEN
    INSERT INTO limit_fact (kind, endpoint_id, value, from_at)
      VALUES ('endpoint_window', NEW.id, NEW.window_seconds, CASE TG_OP WHEN 'INSERT' THEN 'epoch'::timestamptz ELSE now() END);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER endpoint_window_fact AFTER INSERT OR UPDATE OF window_seconds ON endpoint FOR EACH ROW EXECUTE FUNCTION record_window_fact();
--> statement-breakpoint
INSERT INTO limit_fact (kind, endpoint_id, value, from_at) SELECT 'endpoint_window', id, window_seconds, 'epoch' FROM endpoint;
