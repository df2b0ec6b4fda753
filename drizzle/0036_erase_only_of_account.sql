-- The product's role may run this function, so it trusts no list of people: whoever is on the staff, in another account, or has nothing to
-- do with this one keeps their records.
DROP FUNCTION erase_records(uuid, uuid, uuid[], text[], bigint[], text[]);
--> statement-breakpoint
CREATE FUNCTION erase_records(erasure uuid, account uuid, persons uuid[], case_events bigint[], hashes text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  theirs uuid[];
  emails text[];
BEGIN
  IF NOT EXISTS (SELECT FROM account a WHERE a.id = erase_records.account AND a.closed_at IS NOT NULL) THEN
    RAISE EXCEPTION 'The account is not closed' USING ERRCODE = 'restrict_violation';
  END IF;
  SELECT array_agg(u.id), array_agg(u.email) INTO theirs, emails FROM "user" u
  WHERE u.id = ANY (persons)
    AND NOT EXISTS (SELECT FROM staff_member s WHERE s.user_id = u.id)
    AND NOT EXISTS (SELECT FROM member m WHERE m.user_id = u.id AND m.account_id <> erase_records.account)
    AND (EXISTS (SELECT FROM member m WHERE m.user_id = u.id AND m.account_id = erase_records.account)
      OR EXISTS (SELECT FROM audit_event e WHERE e.account_id = erase_records.account
        AND (e.actor_user_id = u.id OR e.subject_kind = 'user' AND e.subject_id = u.id::text)));
  UPDATE audit_event e SET
    erasure_id = erasure, salt = NULL, data = erased_data(e.data),
    actor_name = CASE WHEN e.actor_kind IN ('staff', 'staff_key', 'job') THEN e.actor_name ELSE 'Erased' END,
    ip = CASE WHEN e.actor_kind IN ('staff', 'staff_key', 'job') THEN e.ip END,
    subject_id = CASE e.subject_kind WHEN 'email' THEN 'erased' ELSE e.subject_id END
  WHERE e.erasure_id IS NULL AND e.action <> 'account.erase'
    AND (e.account_id = erase_records.account OR e.account_id IS NULL AND (
      e.actor_user_id = ANY (theirs)
      OR e.subject_kind = 'user' AND e.subject_id = ANY (theirs::text[])
      OR e.subject_kind = 'email' AND e.subject_id = ANY (emails)));
  UPDATE case_event c SET
    erasure_id = erasure, salt = NULL, data = erased_data(c.data), sealed_hash = g.hash,
    actor_name = CASE WHEN c.actor_kind IN ('staff', 'staff_key', 'job') THEN c.actor_name ELSE 'Erased' END
  FROM unnest(case_events, hashes) AS g(id, hash)
  WHERE c.id = g.id AND c.erasure_id IS NULL AND c.case_id IN (SELECT k.id FROM abuse_case k WHERE k.account_id = erase_records.account);
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION erase_records(uuid, uuid, uuid[], bigint[], text[]) FROM PUBLIC;
