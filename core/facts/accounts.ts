import { z } from "zod";
import { alertKinds, overrideKinds } from "../rules/vocabulary.ts";
import { change } from "./changes.ts";
import { declare, details, moment } from "./declare.ts";

const ofUser = { subject: "user", audience: "staff", data: details } as const;
const ofMember = { subject: "user", audience: "account", data: details } as const;
const ofAccount = { subject: "account", audience: "account", data: details } as const;
const ofDomain = { subject: "account_domain", audience: "account", data: details } as const;
const ofWebhook = { subject: "webhook_endpoint", audience: "account", data: details } as const;
const ofIntegration = { subject: "integration", audience: "account", data: details } as const;
const ofRule = { subject: "alert_rule", audience: "account", data: details } as const;

const ofLimit = { kind: z.enum(overrideKinds), endpointId: z.number().nullable() };
const ofException = { value: z.number(), startsAt: moment, endsAt: moment.nullable() };

const crossing = {
  subject: "alert",
  audience: "account",
  data: z.strictObject({
    subject: z.string(),
    kind: z.enum(alertKinds),
    thresholdPercent: z.number(),
    share: z.number(),
  }),
} as const;
const sendCrossing = (says: string) => ({ sends: ["subject", "kind", "thresholdPercent", "share"], says });

/** What happens to accounts and the people who use them. */
export const accountFacts = declare({
  "account.created": { ...ofAccount, act: "account.create" },
  "account.renamed": { ...ofAccount, data: change, act: "account.rename" },
  "account.external_id_set": { ...ofAccount, data: change, act: "account.set_external_id", gates: "account" },
  "account.plan_changed": { ...ofAccount, data: change, act: "account.plan", gates: "account" },
  "account.closed": {
    ...{ subject: "account", audience: "account", act: "account.close", gates: "account" },
    data: z.strictObject({ reason: z.string() }),
    webhook: { sends: ["reason"], says: "The account was closed: its tokens are refused from the next request." },
  },
  "account.reopened": {
    ...{ subject: "account", audience: "account", act: "account.reopen", gates: "account" },
    data: z.strictObject({ reason: z.string() }),
    webhook: { sends: ["reason"], says: "A closed account is open again, with the tokens it had." },
  },
  "account.erased": {
    ...{ subject: "account", audience: "staff", act: "account.erase", gates: "account" },
    data: z.strictObject({
      erasureId: z.uuid(),
      events: z.number(),
      caseEvents: z.number(),
      persons: z.number(),
      seal: z.string(),
    }),
    webhook: { sends: [], says: "The personal data of a closed account was erased." },
  },
  "account.networks_changed": { ...ofAccount, data: change, act: "account.change_networks", gates: "account" },
  "account.private_networks_allowed": { ...ofAccount, act: "account.allow_private_networks" },
  "account.private_networks_closed": { ...ofAccount, act: "account.close_private_networks" },
  "account.protected": { ...ofAccount, audience: "staff", act: "account.protect" },
  "account.unprotected": { ...ofAccount, audience: "staff", act: "account.unprotect" },
  "override.added": { subject: "override", audience: "account", act: "override.add", data: details, gates: "account" },
  "override.ended": { subject: "override", audience: "account", act: "override.end", data: details, gates: "account" },
  "override.ending": {
    ...{ subject: "override", audience: "account", act: "override.tell_end" },
    data: z.strictObject({ ...ofLimit, value: z.number(), valueAfter: z.number().nullable(), endsAt: moment }),
    webhook: {
      sends: ["kind", "endpointId", "value", "valueAfter", "endsAt"],
      says: "A limit exception ends soon; `valueAfter` holds from then on, null for no limit.",
    },
  },
  "limit_request.opened": {
    ...{ subject: "limit_request", audience: "account", act: "limit.ask" },
    keeps: ["kind", "endpointId", "value", "startsAt", "endsAt"],
    data: z.strictObject({ ...ofLimit, ...ofException, reason: z.string() }),
    webhook: {
      sends: ["kind", "endpointId", "value", "startsAt", "endsAt"],
      says: "The account asked for a larger quota or rate limit; `endsAt` null means without an end.",
    },
  },
  "limit_request.granted": {
    ...{ subject: "limit_request", audience: "account", act: "limit.grant" },
    data: z.strictObject({
      ...ofLimit,
      ...ofException,
      endsAt: moment,
      overrideId: z.uuid(),
      answer: z.string().nullable(),
    }),
    webhook: {
      sends: ["kind", "endpointId", "value", "startsAt", "endsAt", "overrideId"],
      says: "The provider granted a larger limit, from `startsAt` to `endsAt`.",
    },
  },
  "limit_request.declined": {
    ...{ subject: "limit_request", audience: "account", act: "limit.decline" },
    data: z.strictObject({ ...ofLimit, answer: z.string() }),
    webhook: { sends: ["kind", "endpointId", "answer"], says: "The provider declined a larger limit, and says why." },
  },
  "limit_request.withdrawn": {
    ...{ subject: "limit_request", audience: "account", act: "limit.withdraw" },
    data: z.strictObject(ofLimit),
  },

  "member.invited": { subject: "invitation", audience: "account", act: "member.invite", data: details },
  "invitation.accepted": { ...ofMember, act: "invitation.accept" },
  "invitation.resent": { subject: "invitation", audience: "account", act: "invitation.resend", data: details },
  "invitation.revoked": { subject: "invitation", audience: "account", act: "invitation.revoke", data: details },
  "member.role_changed": { ...ofMember, data: change, act: "member.change_role" },
  /** An issuer gave the role, by its claims. */
  "member.role_mapped": { ...ofMember, data: change, act: "member.map_role" },
  "member.removed": { ...ofMember, act: "member.remove" },
  "member.left": { ...ofMember, act: "member.leave" },
  "member.mail_chosen": { ...ofMember, act: "member.choose_mail" },

  "account_domain.added": { ...ofDomain, act: "domain.add" },
  "account_domain.check_asked": { ...ofDomain, act: "domain.ask_check" },
  "account_domain.proven": { ...ofDomain, act: "domain.prove" },
  /** DNS says that the record is not there; the proof ends when it stays so. */
  "account_domain.missing": { ...ofDomain, act: "domain.miss" },
  "account_domain.lost": { ...ofDomain, act: "domain.lose" },
  /** Another account has published a record for it. */
  "account_domain.contested": { ...ofDomain, act: "domain.contest" },
  "account_domain.required": { ...ofDomain, act: "domain.require" },
  "account_domain.released": { ...ofDomain, act: "domain.release" },
  "account_domain.removed": { ...ofDomain, act: "domain.remove" },

  "integration.created": { ...ofIntegration, act: "integration.create" },
  "integration.edited": { ...ofIntegration, data: change, act: "integration.edit" },
  "integration.archived": { ...ofIntegration, act: "integration.archive" },
  "integration.policy_checked": { ...ofIntegration, act: "integration.check_policy" },

  "webhook.created": { ...ofWebhook, act: "webhook.create" },
  "webhook.edited": { ...ofWebhook, data: change, act: "webhook.edit" },
  "webhook.disabled": { ...ofWebhook, act: "webhook.disable" },
  "webhook.enabled": { ...ofWebhook, act: "webhook.enable" },
  "webhook.deleted": { ...ofWebhook, act: "webhook.delete" },
  "webhook.secret_rotated": { ...ofWebhook, act: "webhook.rotate_secret" },
  "webhook.tested": { ...ofWebhook, act: "webhook.test" },
  "webhook.resent": { subject: "webhook_delivery", audience: "account", act: "webhook.resend", data: details },

  "alert_rule.created": { ...ofRule, act: "alert_rule.create" },
  "alert_rule.changed": { ...ofRule, data: change, act: "alert_rule.change" },
  "alert_rule.deleted": { ...ofRule, act: "alert_rule.delete" },
  "alert.tested": { ...ofRule, act: "alert.test" },
  "alerts.fired": { ...ofAccount, act: "alert.fire" },
  "quota.threshold": { ...crossing, webhook: sendCrossing("Today's requests crossed a threshold of the quota.") },
  "quota.exceeded": { ...crossing, webhook: sendCrossing("The daily quota is used up.") },
  "limit.pressure": { ...crossing, webhook: sendCrossing("A rate limit is nearly used up, or refuses many requests.") },

  "export.requested": { subject: "export", audience: "account", act: "export.request", data: details },
  "mail.resent": { subject: "mail", audience: "account", act: "mail.resend", data: details },

  /** The provider's product has asked for a link into the account. */
  "portal.link_made": { ...ofAccount, act: "portal.make_link" },
  /** Somebody came in by it; `data` says whether they became a member by that. */
  "portal.entered": { ...ofMember, act: "portal.enter" },
  "session.link_asked": { ...ofUser, act: "session.ask_link" },
  "session.opened": { ...ofUser, act: "session.open" },
  "session.refused": { subject: "email", audience: "staff", act: "session.refuse", data: details },
  "session.ended": { ...ofUser, act: "session.end" },
  "password.changed": { ...ofUser, act: "password.change" },
  "password.reset_asked": { ...ofUser, act: "password.ask_reset" },
  "password.reset_link_made": { ...ofUser, act: "password.reset_link" },
  "session.proven": { ...ofUser, act: "session.prove" },
  "password.reset": { ...ofUser, act: "password.reset" },
  "identity.linked": { ...ofUser, act: "identity.link" },
  "passkey.added": { ...ofUser, act: "passkey.add" },
  "passkey.renamed": { ...ofUser, data: change, act: "passkey.rename" },
  "passkey.removed": { ...ofUser, act: "passkey.remove" },
  "break_glass.used": { ...ofUser, act: "break_glass.use" },
  "person.blocked": { ...ofUser, act: "person.block" },
  "person.unblocked": { ...ofUser, act: "person.unblock" },
  "person.signed_out": { ...ofUser, act: "person.sign_out" },
  "totp.removal_proposed": { ...ofUser, act: "totp.propose_removal" },
  "totp.removal_withdrawn": { ...ofUser, act: "totp.withdraw_removal" },
  "totp.removal_approved": { ...ofUser, act: "totp.approve_removal" },
  /** Whatever was set up in the name of the address before is thrown away; `data` counts it. */
  "user.address_proven": { ...ofUser, act: "user.prove_address" },
  "totp.started": { ...ofUser, act: "totp.start" },
  "totp.confirmed": { ...ofUser, act: "totp.confirm" },
  "totp.codes_renewed": { ...ofUser, act: "totp.renew_codes" },
  "totp.removed": { ...ofUser, act: "totp.remove" },
  "profile.changed": { ...ofUser, data: change, act: "profile.change" },
});
