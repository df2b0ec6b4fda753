ALTER TABLE "case_event" ADD COLUMN "salt" text;--> statement-breakpoint
ALTER TABLE "case_event" ADD COLUMN "erasure_id" uuid;--> statement-breakpoint
ALTER TABLE "case_event" ADD COLUMN "sealed_hash" text;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "audit_event" ADD COLUMN "salt" text;--> statement-breakpoint
ALTER TABLE "audit_event" ADD COLUMN "erasure_id" uuid;--> statement-breakpoint
-- What stays of the data of a record whose personal data is erased: numbers, flags, and the seals of other records.
CREATE FUNCTION erased_data(data jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_object_agg(key, value), '{}')
  FROM jsonb_each(CASE jsonb_typeof(data) WHEN 'object' THEN data ELSE '{}' END)
  WHERE key IN ('caseEvents', 'evidenceHash') OR jsonb_typeof(value) IN ('number', 'boolean', 'null')
$$;
--> statement-breakpoint
-- The only values that a sealed record of a closed account may still take, by column.
CREATE FUNCTION erased_values(of_table text, before jsonb, after jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN of_table IN ('audit_event', 'case_event') AND (before -> 'erasure_id' <> 'null' OR after -> 'erasure_id' = 'null') THEN '{}'
    WHEN of_table = 'audit_event' THEN
      jsonb_build_object('actor_name', 'Erased', 'ip', null, 'salt', null, 'data', erased_data(before -> 'data'), 'erasure_id', after -> 'erasure_id')
        || CASE before ->> 'subject_kind' WHEN 'email' THEN '{"subject_id": "erased"}'::jsonb ELSE '{}' END
    WHEN of_table = 'case_event' THEN
      jsonb_build_object('actor_name', 'Erased', 'salt', null, 'data', erased_data(before -> 'data'), 'erasure_id', after -> 'erasure_id',
        'sealed_hash', after -> 'sealed_hash')
    WHEN of_table = 'appeal_message' THEN '{"author_name": "Erased", "text": "Erased"}'
    WHEN of_table = 'view_event' THEN '{"reason": null}'
    WHEN of_table = 'appeal' THEN '{"cause": "Erased", "changed": "Erased", "prevention": "Erased", "decision_text": "Erased"}'
    WHEN of_table = 'notice' THEN '{"subject": "Erased", "body": "Erased"}'
    WHEN of_table = 'action' THEN '{"public_text": "Erased", "internal_note": "Erased", "evidence": {}, "silence_reason": "Erased", "end_reason": "Erased"}'
    ELSE '{}'
  END
$$;
--> statement-breakpoint
-- Whether a change of a sealed record erases what is personal and does nothing else, in an account that is closed.
CREATE FUNCTION is_erasure(of_table text, before jsonb, after jsonb) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
  owner uuid := CASE of_table
    WHEN 'case_event' THEN (SELECT account_id FROM abuse_case WHERE id = (before ->> 'case_id')::uuid)
    WHEN 'appeal_message' THEN (SELECT account_id FROM appeal WHERE id = (before ->> 'appeal_id')::uuid)
    ELSE (before ->> 'account_id')::uuid END;
  erased jsonb := erased_values(of_table, before, after);
BEGIN
  -- Only acts that concern no account, such as a sign-in, are a person's.
  IF owner IS NULL AND of_table <> 'audit_event' THEN RETURN false; END IF;
  IF owner IS NOT NULL AND NOT EXISTS (SELECT FROM account WHERE id = owner AND closed_at IS NOT NULL) THEN RETURN false; END IF;
  RETURN NOT EXISTS (
    SELECT FROM jsonb_each(after) now
    WHERE now.value IS DISTINCT FROM before -> now.key
      AND (NOT erased ? now.key OR now.value IS DISTINCT FROM erased -> now.key));
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF is_erasure(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION '% is append only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION refuse_change_of_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY TG_ARGV LOOP
    IF to_jsonb(OLD) -> name IS DISTINCT FROM to_jsonb(NEW) -> name AND to_jsonb(OLD) -> name <> 'null'
      AND NOT is_erasure(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN
      RAISE EXCEPTION '% of % is append only', name, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION refuse_change_of_grounds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.account_id, OLD.type, OLD.reason_code, OLD.policy_version_id, OLD.policy_clause, OLD.public_text, OLD.internal_note,
      OLD.evidence, OLD.evidence_hash, OLD.author_user_id, OLD.created_at)
    IS DISTINCT FROM
     (NEW.account_id, NEW.type, NEW.reason_code, NEW.policy_version_id, NEW.policy_clause, NEW.public_text, NEW.internal_note,
      NEW.evidence, NEW.evidence_hash, NEW.author_user_id, NEW.created_at)
    AND NOT is_erasure(TG_TABLE_NAME, to_jsonb(OLD), to_jsonb(NEW)) THEN
    RAISE EXCEPTION 'The grounds of an action are sealed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- Erases in the records that the product's own role may not change: the audit events of a closed account and of persons who are in no
-- other, and the events of its cases, each with the hash it had. Names of staff stay: they are not the account's.
CREATE FUNCTION erase_records(erasure uuid, account uuid, persons uuid[], emails text[], case_events bigint[], hashes text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE audit_event e SET
    erasure_id = erasure, salt = NULL, data = erased_data(e.data),
    actor_name = CASE WHEN e.actor_kind IN ('staff', 'staff_key', 'job') THEN e.actor_name ELSE 'Erased' END,
    ip = CASE WHEN e.actor_kind IN ('staff', 'staff_key', 'job') THEN e.ip END,
    subject_id = CASE e.subject_kind WHEN 'email' THEN 'erased' ELSE e.subject_id END
  WHERE e.erasure_id IS NULL AND e.action <> 'account.erase' AND (e.account_id = account OR e.account_id IS NULL AND (
    e.actor_user_id = ANY (persons)
    OR e.subject_kind = 'user' AND e.subject_id = ANY (persons::text[])
    OR e.subject_kind = 'email' AND e.subject_id = ANY (emails)));
  UPDATE case_event c SET
    erasure_id = erasure, salt = NULL, data = erased_data(c.data), sealed_hash = g.hash,
    actor_name = CASE WHEN c.actor_kind IN ('staff', 'staff_key', 'job') THEN c.actor_name ELSE 'Erased' END
  FROM unnest(case_events, hashes) AS g(id, hash)
  WHERE c.id = g.id AND c.erasure_id IS NULL AND c.case_id IN (SELECT id FROM abuse_case k WHERE k.account_id = account);
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION erase_records(uuid, uuid, uuid[], text[], bigint[], text[]) FROM PUBLIC;
