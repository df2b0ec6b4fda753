import { z } from "zod";
import { leakOutcomes } from "../rules/vocabulary.ts";
import { change } from "./changes.ts";
import { declare, details, moment } from "./declare.ts";

/** Facts of one token: its name goes to receivers, the rest to the audit log. */
const token = { subject: "token", audience: "account", data: z.looseObject({ name: z.string() }) } as const;
const send = (says: string, type?: string) => ({ sends: ["name"], says, ...(type ? { type } : {}) });
const changed = send("A token's name, scopes, caps, networks or expiry changed.", "token.changed");

const ofChange = change.extend({ name: z.string() });

const rotation = { ...token, data: z.looseObject({ name: z.string(), retiresAt: moment }) } as const;
const sendRotation = {
  type: "token.rotated",
  sends: ["name", "retiresAt"],
  says: "A token got a new secret, or the end of its old one moved to `retiresAt`.",
};

/** What happens to tokens and their secrets. */
export const tokenFacts = declare({
  "token.created": { ...token, act: "token.create", webhook: send("A token was created.") },
  "token.imported": { subject: "provider", audience: "staff", act: "token.import", data: details },
  "token.edited": { ...token, data: ofChange, act: "token.edit", webhook: changed },
  "token.renamed": { ...token, data: ofChange, act: "token.rename", webhook: changed },
  "token.capped": { ...token, data: ofChange, act: "token.cap", webhook: changed },
  "token.scopes_dropped": { ...token, data: ofChange, act: "token.drop_scopes", webhook: changed },
  "token.paused": { ...token, act: "token.pause", webhook: send("A token was paused.") },
  "token.unpaused": { ...token, act: "token.unpause", webhook: send("A paused token works again.") },
  "token.revoked": { ...token, act: "token.revoke", webhook: send("A token was revoked.") },
  /** A browser was signed in with its secret, and looks at it. */
  "token.viewed": { ...token, act: "token.view", data: details },
  "token.view_ended": { ...token, act: "token.end_view", data: details },
  "token.rotated": { ...rotation, act: "token.rotate", webhook: sendRotation },
  "token.secret_retired": { ...rotation, act: "token.retire_secret", webhook: sendRotation },
  "token.overlap_extended": { ...rotation, act: "token.extend_overlap", webhook: sendRotation },
  "token.retired_secret_used": { ...token, act: "token.retired_secret_used", data: details },
  "token.reminded": { ...token, act: "token.remind", data: details },
  "token.expiring": {
    ...token,
    data: z.strictObject({ alertId: z.uuid(), subject: z.string(), name: z.string(), expiresAt: moment }),
    webhook: {
      sends: ["alertId", "subject", "name", "expiresAt"],
      says: "A token expires soon. Sent 7 days and 1 day before.",
    },
  },
  "token.leaked": {
    ...token,
    data: z.strictObject({ name: z.string(), preview: z.string(), url: z.string(), outcome: z.enum(leakOutcomes) }),
    webhook: {
      sends: ["name", "preview", "url", "outcome"],
      says: "A token was found in public. `outcome` says what happened to it.",
    },
  },
  "leak.reported": { subject: "leak_report", audience: "account", act: "leak.report", data: details },
});
