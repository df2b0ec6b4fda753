import { declare, details } from "./declare.ts";

const ofProvider = { audience: "staff", data: details } as const;
const atTheGate = { gates: "provider" } as const;

/** What happens to the provider's own settings, its staff and its gates. No account reads any of it. */
export const providerFacts = declare({
  "provider.installed": { ...ofProvider, ...atTheGate, subject: "provider", act: "provider.install" },
  "endpoint.created": { ...ofProvider, ...atTheGate, subject: "endpoint", act: "endpoint.create" },
  "endpoint.changed": { ...ofProvider, ...atTheGate, subject: "endpoint", act: "endpoint.change" },
  "endpoints.imported": { ...ofProvider, ...atTheGate, subject: "provider", act: "endpoint.import" },
  "path_rules.changed": { ...ofProvider, ...atTheGate, subject: "provider", act: "path_rules.change" },
  "plan.created": { ...ofProvider, ...atTheGate, subject: "plan", act: "plan.create" },
  "plan.changed": { ...ofProvider, ...atTheGate, subject: "plan", act: "plan.change" },
  "plan.limited": { ...ofProvider, ...atTheGate, subject: "plan", act: "plan.limit" },
  "gateway_credential.created": {
    ...ofProvider,
    ...atTheGate,
    subject: "gateway_credential",
    act: "gateway_credential.create",
  },
  "gateway_credential.revoked": {
    ...ofProvider,
    ...atTheGate,
    subject: "gateway_credential",
    act: "gateway_credential.revoke",
  },

  "staff.invited": { ...ofProvider, subject: "invitation", act: "staff.invite" },
  "staff.role_changed": { ...ofProvider, subject: "user", act: "staff.role" },
  "staff.removed": { ...ofProvider, subject: "user", act: "staff.remove" },
  "staff.mail_chosen": { ...ofProvider, subject: "user", act: "staff.choose_mail" },
  "staff_key.created": { ...ofProvider, subject: "staff_key", act: "staff_key.create" },
  "staff_key.unpaused": { ...ofProvider, subject: "staff_key", act: "staff_key.unpause" },
  "staff_key.revoked": { ...ofProvider, subject: "staff_key", act: "staff_key.revoke" },
  "setup.link_made": { ...ofProvider, subject: "invitation", act: "setup.link" },
  /** A look at something that is masked on the desk; `what` says at which. */
  "personal.unmasked": { ...ofProvider, subject: "masked", act: "personal.unmask" },
});
