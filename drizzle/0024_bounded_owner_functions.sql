-- The product's role could make partitions of any grain, which block the right ones, and drop those still in use.
ALTER FUNCTION ensure_partitions(text, text, timestamptz, timestamptz) SECURITY INVOKER;
--> statement-breakpoint
ALTER FUNCTION ensure_usage_partitions(timestamptz, timestamptz) SECURITY DEFINER SET search_path = public, pg_temp;
--> statement-breakpoint
-- Partitions for hours and days only: a history is loaded without its minutes.
CREATE FUNCTION ensure_history_partitions(from_at timestamptz, to_at timestamptz) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT ensure_partitions('usage_hour', 'month', from_at, to_at) + ensure_partitions('usage_day', 'year', from_at, to_at);
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION drop_usage_partitions(parent text, before_day date) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  partition text;
BEGIN
  IF parent NOT IN ('usage_minute', 'usage_second', 'refusal') THEN
    RAISE EXCEPTION '% has no day partitions', parent;
  END IF;
  -- Less than the shortest retention: what screens and detectors still read is not dropped by anybody.
  IF before_day > (now() AT TIME ZONE 'UTC')::date - 7 THEN
    RAISE EXCEPTION 'partitions of the last seven days are kept';
  END IF;
  FOR partition IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = to_regclass(parent) AND c.relname ~ '_[0-9]{8}$'
      AND c.relname < parent || '_' || to_char(before_day, 'YYYYMMDD')
    ORDER BY 1
  LOOP
    EXECUTE format('DROP TABLE %I', partition);
    RETURN NEXT partition;
  END LOOP;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION ensure_usage_partitions(timestamptz, timestamptz), ensure_history_partitions(timestamptz, timestamptz) FROM PUBLIC;
