-- What changes tables runs as their owner, so that the product itself can use a role that owns nothing.
ALTER FUNCTION ensure_partitions(text, text, timestamptz, timestamptz) SECURITY DEFINER SET search_path = public, pg_temp;
--> statement-breakpoint
-- Drops the day partitions of usage_minute, usage_second or refusal that lie before a UTC day; returns their names.
CREATE FUNCTION drop_usage_partitions(parent text, before_day date) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  partition text;
BEGIN
  IF parent NOT IN ('usage_minute', 'usage_second', 'refusal') THEN
    RAISE EXCEPTION '% has no day partitions', parent;
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
REVOKE EXECUTE ON FUNCTION drop_usage_partitions(text, date), ensure_partitions(text, text, timestamptz, timestamptz) FROM PUBLIC;
