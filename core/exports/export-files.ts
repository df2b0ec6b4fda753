import { type SQL, sql } from "drizzle-orm";
import { auditEvent } from "#db/schema/audit.ts";
import { actorForMembers, auditForMembers } from "../audit/for-members.ts";
import { theProvider } from "../rules/people/mask.ts";
import type { ExportFileName } from "../rules/vocabulary.ts";

/** One file of an archive, and its rows as JSON texts. What is in it stands in the words. */
export type ExportFile = { name: ExportFileName; rows: (accountId: string) => SQL };

/** Times as ISO 8601 in UTC. Never a secret, never its hash. */
export const exportFiles: readonly ExportFile[] = [
  {
    name: "account.jsonl",
    rows: (
      id,
    ) => sql`select a.id, a.external_id, a.name, a.slug, a.allowed_networks, p.name as plan, p.quota_per_day, a.created_at,
        (select jsonb_agg(jsonb_build_object('domain', d.domain, 'provenAt', d.proven_at, 'isRequired', d.is_required)
          order by d.domain) from account_domain d where d.account_id = a.id) as domains
      from account a join plan p on p.id = a.plan_id where a.id = ${id}`,
  },
  {
    name: "members.jsonl",
    rows: (id) => sql`select u.name, u.email, m.role, m.created_at as since, m.mails_alerts, m.mails_tokens
      from member m join "user" u on u.id = m.user_id where m.account_id = ${id} order by m.created_at`,
  },
  {
    name: "tokens.jsonl",
    rows: (
      id,
    ) => sql`select t.id, t.name, t.scopes, t.allowed_networks, t.cap_per_day, t.cap_per_minute, t.integration_id,
        t.created_at, t.expires_at, t.paused_at, t.revoked_at, t.revoked_reason, l.at as last_used_at, l.ip as last_used_ip,
        l.user_agent as last_used_client,
        (select jsonb_agg(jsonb_build_object('preview', s.preview, 'createdAt', s.created_at, 'retiresAt', s.retires_at)
          order by s.created_at) from token_secret s where s.token_id = t.id) as secrets
      from token t left join token_last_use l on l.token_id = t.id where t.account_id = ${id} order by t.created_at`,
  },
  {
    name: "integrations.jsonl",
    rows: (
      id,
    ) => sql`select id, name, purpose, contact_email, privacy_policy_url, data_collected, created_at, archived_at
      from integration where account_id = ${id} order by created_at`,
  },
  {
    name: "invitations.jsonl",
    rows: (
      id,
    ) => sql`select i.email, i.role, case when s.user_id is null then u.name else ${theProvider} end as invited_by,
        i.created_at, i.expires_at, i.accepted_at, i.revoked_at
      from invitation i left join "user" u on u.id = i.invited_by_user_id
        left join staff_member s on s.user_id = i.invited_by_user_id where i.account_id = ${id} order by i.created_at`,
  },
  {
    name: "webhooks.jsonl",
    rows: (id) => sql`select id, url, description, events, created_at, disabled_at, disabled_reason
      from webhook_endpoint where account_id = ${id} order by created_at`,
  },
  {
    name: "webhook-deliveries.jsonl",
    rows: (id) => sql`select d.id, d.endpoint_id, d.type, d.state, d.attempts, d.created_at, d.delivered_at, d.body
      from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint_id where e.account_id = ${id} order by d.created_at`,
  },
  {
    name: "alert-rules.jsonl",
    rows: (id) => sql`select kind, threshold_percent, cooldown_seconds, is_mailed, created_at, disabled_at
      from alert_rule where account_id = ${id} order by kind, threshold_percent`,
  },
  {
    name: "alerts.jsonl",
    rows: (id) => sql`select kind, subject, body, at, seen_at from alert where account_id = ${id} order by at`,
  },
  {
    name: "notices.jsonl",
    rows: (id) => sql`select kind, subject, body, created_at, acknowledged_at from notice
      where account_id = ${id} and withdrawn_at is null order by created_at`,
  },
  {
    name: "actions.jsonl",
    rows: (
      id,
    ) => sql`select type, state, surface, token_id, endpoint_id, factor, reason_code, policy_clause, public_text,
        effective_at, ends_at, ended_at from action
      where account_id = ${id} and not is_silent and state not in ('draft', 'pending_approval', 'cancelled') order by created_at`,
  },
  {
    name: "appeals.jsonl",
    rows: (
      id,
    ) => sql`select a.id, a.action_id, a.state, a.cause, a.changed, a.prevention, a.created_at, a.due_at, a.decided_at,
        a.decision_text, (select jsonb_agg(jsonb_build_object('at', m.at, 'text', m.text,
          'by', case when m.author_kind = 'member' then m.author_name else ${theProvider} end) order by m.id)
          from appeal_message m where m.appeal_id = a.id) as messages
      from appeal a where a.account_id = ${id} order by a.created_at`,
  },
  {
    name: "self-cures.jsonl",
    rows: (id) => sql`select text, created_at from self_cure where account_id = ${id} order by created_at`,
  },
  {
    name: "announced-loads.jsonl",
    rows: (id) => sql`select starts_at, ends_at, reason, created_at, cancelled_at
      from announced_load where account_id = ${id} order by created_at`,
  },
  {
    name: "limit-requests.jsonl",
    rows: (
      id,
    ) => sql`select r.kind, e.name as endpoint, r.value, r.value_before, r.starts_at, r.ends_at, r.reason, r.state,
        r.created_at, r.answer, r.decided_at
      from limit_request r left join endpoint e on e.id = r.endpoint_id where r.account_id = ${id} order by r.created_at`,
  },
  {
    name: "usage-by-day.jsonl",
    rows: (
      id,
    ) => sql`select u.at, u.token_id, u.endpoint_id, e.method, e.path, u.surface, u.outcome, u.requests, u.spent
      from usage_day u left join endpoint e on e.id = u.endpoint_id where u.account_id = ${id} order by u.at, u.token_id`,
  },
  {
    name: "usage-by-hour.jsonl",
    rows: (id) => sql`select u.at, u.token_id, u.endpoint_id, u.surface, u.outcome, u.requests, u.spent
      from usage_hour u where u.account_id = ${id} order by u.at, u.token_id`,
  },
  {
    name: "refusals.jsonl",
    rows: (id) => sql`select receipt, at, token_id, endpoint_id, surface, code, method, path, ip, user_agent, limiter,
        retry_after_seconds, missing_scope from refusal where account_id = ${id} order by at`,
  },
  {
    name: "networks.jsonl",
    rows: (id) =>
      sql`select day, token_id, network, requests from network_day where account_id = ${id} order by day, token_id`,
  },
  {
    name: "audit.jsonl",
    rows: (
      id,
    ) => sql`select id, at, ${actorForMembers.actorKind} as actor_kind, ${actorForMembers.actorName} as actor_name,
        action, subject_kind, subject_id, data, request_id, ${actorForMembers.ip} as ip
      from ${auditEvent} where account_id = ${id} and ${auditForMembers} order by id`,
  },
];
