-- Makes sure that a partition of `parent` exists for every bucket of `grain` (day, month, year) that touches [from_at, to_at].
-- Safe to call from many processes: the advisory lock is held to the end of the transaction only when something is missing.
CREATE FUNCTION ensure_partitions(parent text, grain text, from_at timestamptz, to_at timestamptz) RETURNS integer
LANGUAGE plpgsql AS $$
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
        EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
          child, parent, bucket AT TIME ZONE 'UTC', (bucket + step) AT TIME ZONE 'UTC');
        made := made + 1;
      END IF;
    END IF;
    bucket := bucket + step;
  END LOOP;
  RETURN made;
END $$;
--> statement-breakpoint
-- The grain of each partitioned table, in one place.
CREATE FUNCTION ensure_usage_partitions(from_at timestamptz, to_at timestamptz) RETURNS integer
LANGUAGE sql AS $$
  SELECT ensure_partitions('usage_second', 'day', from_at, to_at)
       + ensure_partitions('usage_minute', 'day', from_at, to_at)
       + ensure_partitions('refusal', 'day', from_at, to_at)
       + ensure_partitions('usage_hour', 'month', from_at, to_at)
       + ensure_partitions('usage_day', 'year', from_at, to_at);
$$;
--> statement-breakpoint
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER case_event_append_only BEFORE UPDATE OR DELETE ON case_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER case_event_no_truncate BEFORE TRUNCATE ON case_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
