ALTER TABLE "usage_minute" ADD COLUMN "seconds" "bytea";
--> statement-breakpoint
-- Requests of an account per second, token and endpoint, from `from_at` to before `to_at`: the shapes of its minutes, and what earlier
-- versions counted by the second. A plain query in a function, so that it is planned as part of whatever calls it.
CREATE FUNCTION usage_seconds(of_account uuid, from_at timestamptz, to_at timestamptz)
RETURNS TABLE (account_id uuid, at timestamptz, token_id uuid, endpoint_id integer, allowed integer, refused integer)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT c.account_id, c.at, c.token_id, c.endpoint_id, sum(c.allowed)::integer, sum(c.refused)::integer
  FROM (
    SELECT s.account_id, s.at, s.token_id, s.endpoint_id, s.allowed, s.refused FROM usage_second s
    WHERE s.account_id = of_account AND s.at >= from_at AND s.at < to_at
    UNION ALL
    SELECT m.account_id, m.at + make_interval(secs => get_byte(m.seconds, 3 * i)), m.token_id, m.endpoint_id,
      CASE WHEN m.outcome = 'allowed' THEN n.requests ELSE 0 END, CASE WHEN m.outcome = 'allowed' THEN 0 ELSE n.requests END
    FROM usage_minute m
    CROSS JOIN LATERAL generate_series(0, octet_length(m.seconds) / 3 - 1) AS i
    CROSS JOIN LATERAL (SELECT get_byte(m.seconds, 3 * i + 1) * 256 + get_byte(m.seconds, 3 * i + 2) AS requests) AS n
    WHERE m.account_id = of_account AND m.at >= date_trunc('minute', from_at, 'UTC') AND m.at < to_at
  ) c
  WHERE c.at >= from_at AND c.at < to_at
  GROUP BY c.account_id, c.at, c.token_id, c.endpoint_id
$$;
--> statement-breakpoint
-- Counts are added to again and again: room beside each row lets Postgres do it within its page, without touching an index.
CREATE OR REPLACE FUNCTION ensure_partitions(parent text, grain text, from_at timestamptz, to_at timestamptz) RETURNS integer
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  bucket timestamp := date_trunc(grain, from_at AT TIME ZONE 'UTC');
  step interval := ('1 ' || grain)::interval;
  child text;
  made integer := 0;
BEGIN
  WHILE bucket <= (to_at AT TIME ZONE 'UTC') LOOP
    child := parent || '_' || to_char(bucket, CASE grain WHEN 'day' THEN 'YYYYMMDD' WHEN 'month' THEN 'YYYYMM' ELSE 'YYYY' END);
    IF to_regclass(quote_ident(child)) IS NULL THEN
      PERFORM pg_advisory_xact_lock(hashtext('gatehouse partitions'));
      IF to_regclass(quote_ident(child)) IS NULL THEN
        EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)%s',
          child, parent, bucket AT TIME ZONE 'UTC', (bucket + step) AT TIME ZONE 'UTC',
          CASE parent WHEN 'usage_minute' THEN ' WITH (fillfactor = 70)' WHEN 'usage_hour' THEN ' WITH (fillfactor = 60)'
            WHEN 'usage_day' THEN ' WITH (fillfactor = 50)' ELSE '' END);
        made := made + 1;
      END IF;
    END IF;
    bucket := bucket + step;
  END LOOP;
  RETURN made;
END $$;
--> statement-breakpoint
DO $$
DECLARE
  child regclass;
BEGIN
  FOR child IN SELECT i.inhrelid::regclass FROM pg_inherits i WHERE i.inhparent IN ('usage_minute'::regclass, 'usage_hour'::regclass, 'usage_day'::regclass)
  LOOP
    EXECUTE format('ALTER TABLE %s SET (fillfactor = %s)', child,
      CASE WHEN child::text LIKE '%usage_minute%' THEN 70 WHEN child::text LIKE '%usage_hour%' THEN 60 ELSE 50 END);
  END LOOP;
END $$;
--> statement-breakpoint
ALTER TABLE network_day SET (fillfactor = 50);
--> statement-breakpoint
ALTER TABLE token_last_use SET (fillfactor = 50);
