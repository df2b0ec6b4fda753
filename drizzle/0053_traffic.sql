CREATE TABLE "investigation_view" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL,
	"is_shared" boolean NOT NULL,
	"created_by_user_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "traffic_day" (
	"account_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"token_id" uuid NOT NULL,
	"endpoint_id" integer NOT NULL,
	"surface" text NOT NULL,
	"outcome" text NOT NULL,
	"network" "cidr" NOT NULL,
	"client" text NOT NULL,
	"requests" bigint NOT NULL,
	CONSTRAINT "traffic_day_key" PRIMARY KEY("account_id","at","token_id","endpoint_id","surface","outcome","network","client")
);
--> statement-breakpoint
CREATE TABLE "traffic_hour" (
	"account_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"token_id" uuid NOT NULL,
	"endpoint_id" integer NOT NULL,
	"surface" text NOT NULL,
	"outcome" text NOT NULL,
	"network" "cidr" NOT NULL,
	"client" text NOT NULL,
	"requests" bigint NOT NULL,
	CONSTRAINT "traffic_hour_key" PRIMARY KEY("account_id","at","token_id","endpoint_id","surface","outcome","network","client")
) PARTITION BY RANGE ("at");
--> statement-breakpoint
CREATE TABLE "traffic_new" (
	"account_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"token_id" uuid NOT NULL,
	"endpoint_id" integer NOT NULL,
	"surface" text NOT NULL,
	"outcome" text NOT NULL,
	"network" "cidr" NOT NULL,
	"client" text NOT NULL,
	"requests" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "investigation_view" ADD CONSTRAINT "investigation_view_created_by_user_id_user_id_fk" FOREIGN KEY ("created_by_user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "investigation_view_by_person" ON "investigation_view" USING btree ("created_by_user_id");--> statement-breakpoint
CREATE INDEX "traffic_day_by_time" ON "traffic_day" USING btree ("at");--> statement-breakpoint
CREATE INDEX "traffic_day_by_network" ON "traffic_day" USING btree ("network","at");--> statement-breakpoint
CREATE INDEX "usage_day_by_time" ON "usage_day" USING brin ("at") WITH (pages_per_range=16,autosummarize=true);--> statement-breakpoint
CREATE INDEX "usage_hour_by_time" ON "usage_hour" USING brin ("at") WITH (pages_per_range=16,autosummarize=true);--> statement-breakpoint
CREATE INDEX "usage_minute_by_time" ON "usage_minute" USING brin ("at") WITH (pages_per_range=16,autosummarize=true);
--> statement-breakpoint
-- Hours and days of traffic are added to while they last: room beside each row, as for usage.
ALTER TABLE traffic_day SET (fillfactor = 85);
--> statement-breakpoint
-- Emptied again and again by the worker: its dead rows must go before they are many.
ALTER TABLE traffic_new SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
--> statement-breakpoint
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
            WHEN 'usage_day' THEN ' WITH (fillfactor = 50)' WHEN 'traffic_hour' THEN ' WITH (fillfactor = 85)' ELSE '' END);
        made := made + 1;
      END IF;
    END IF;
    bucket := bucket + step;
  END LOOP;
  RETURN made;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION ensure_usage_partitions(from_at timestamptz, to_at timestamptz) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT ensure_partitions('usage_second', 'day', from_at, to_at)
       + ensure_partitions('usage_minute', 'day', from_at, to_at)
       + ensure_partitions('refusal', 'day', from_at, to_at)
       + ensure_partitions('traffic_hour', 'day', from_at, to_at)
       + ensure_partitions('usage_hour', 'month', from_at, to_at)
       + ensure_partitions('usage_day', 'year', from_at, to_at);
$$;
--> statement-breakpoint
SELECT ensure_partitions('traffic_hour', 'day', now() - interval '1 day', now() + interval '3 days');
--> statement-breakpoint
CREATE OR REPLACE FUNCTION drop_usage_partitions(parent text, before_day date) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  partition text;
BEGIN
  IF parent NOT IN ('usage_minute', 'usage_second', 'refusal', 'traffic_hour') THEN
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
