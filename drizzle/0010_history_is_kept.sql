-- What was told to an owner and what they answered stays as it was written, and nothing of a case's history is emptied at once.
CREATE FUNCTION refuse_change_of_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY TG_ARGV LOOP
    IF to_jsonb(OLD) -> name IS DISTINCT FROM to_jsonb(NEW) -> name AND to_jsonb(OLD) -> name <> 'null' THEN
      RAISE EXCEPTION '% of % is append only', name, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER notice_words_sealed BEFORE UPDATE ON notice FOR EACH ROW EXECUTE FUNCTION refuse_change_of_words('account_id', 'action_id', 'kind', 'subject', 'body', 'created_at');
--> statement-breakpoint
CREATE TRIGGER appeal_words_sealed BEFORE UPDATE ON appeal FOR EACH ROW EXECUTE FUNCTION refuse_change_of_words('account_id', 'action_id', 'submitted_by_user_id', 'cause', 'changed', 'prevention', 'decision_text', 'decided_by_user_id', 'decided_at', 'created_at');
--> statement-breakpoint
CREATE TRIGGER notice_no_delete BEFORE DELETE ON notice FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER flag_no_delete BEFORE DELETE ON flag FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER notice_no_truncate BEFORE TRUNCATE ON notice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER flag_no_truncate BEFORE TRUNCATE ON flag FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER action_no_truncate BEFORE TRUNCATE ON action FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER abuse_case_no_truncate BEFORE TRUNCATE ON abuse_case FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER appeal_no_truncate BEFORE TRUNCATE ON appeal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER view_event_no_truncate BEFORE TRUNCATE ON view_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
