import { change } from "./changes.ts";
import { declare, details } from "./declare.ts";

const ofProvider = { audience: "staff", data: details } as const;
const atTheGate = { gates: "provider" } as const;

/** What happens to the provider's own settings, its staff and its gates. No account reads any of it. */
export const providerFacts = declare({
  "provider.installed": { ...ofProvider, ...atTheGate, subject: "provider", act: "provider.install" },
  "endpoint.created": { ...ofProvider, ...atTheGate, subject: "endpoint", act: "endpoint.create" },
  "endpoint.changed": { ...ofProvider, ...atTheGate, subject: "endpoint", data: change, act: "endpoint.change" },
  "endpoints.imported": { ...ofProvider, ...atTheGate, subject: "provider", act: "endpoint.import" },
  "path_rules.changed": { ...ofProvider, ...atTheGate, subject: "provider", data: change, act: "path_rules.change" },
  "plan.created": { ...ofProvider, ...atTheGate, subject: "plan", act: "plan.create" },
  "plan.changed": { ...ofProvider, ...atTheGate, subject: "plan", data: change, act: "plan.change" },
  "plan.limited": { ...ofProvider, ...atTheGate, subject: "plan", data: change, act: "plan.limit" },
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
  "staff.role_changed": { ...ofProvider, subject: "user", data: change, act: "staff.role" },
  /** An issuer gave the role, by its claims. */
  "staff.role_mapped": { ...ofProvider, subject: "user", data: change, act: "staff.map_role" },
  "staff.removed": { ...ofProvider, subject: "user", act: "staff.remove" },
  "staff.mail_chosen": { ...ofProvider, subject: "user", act: "staff.choose_mail" },
  "staff_key.created": { ...ofProvider, subject: "staff_key", act: "staff_key.create" },
  "staff_key.unpaused": { ...ofProvider, subject: "staff_key", act: "staff_key.unpause" },
  "staff_key.revoked": { ...ofProvider, subject: "staff_key", act: "staff_key.revoke" },
  "identity_provider.added": { ...ofProvider, subject: "identity_provider", act: "identity_provider.add" },
  "identity_provider.changed": {
    ...ofProvider,
    subject: "identity_provider",
    data: change,
    act: "identity_provider.change",
  },
  "identity_provider.removed": { ...ofProvider, subject: "identity_provider", act: "identity_provider.remove" },
  /** Somebody came back from it and was not let in; `data` says why. */
  "identity_provider.refused": { ...ofProvider, subject: "identity_provider", act: "identity_provider.refuse" },
  "break_glass.set": { ...ofProvider, subject: "user", act: "break_glass.set" },
  "setup.link_made": { ...ofProvider, subject: "invitation", act: "setup.link" },
  /** A look at something that is masked on the desk; `what` says at which. */
  "personal.unmasked": { ...ofProvider, subject: "masked", act: "personal.unmask" },
});
