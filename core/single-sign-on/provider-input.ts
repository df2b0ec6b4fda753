import { z } from "zod";
import type { RoleRule } from "#db/schema/identity.ts";
import * as deskWords from "#words/desk.ts";
import { invalid } from "../frame/errors.ts";
import { type IssuerAudience, issuerAudiences, memberRoles, staffRoles } from "../rules/vocabulary.ts";
import { whyNeverReached } from "../runtime/guarded-request.ts";
import { issuerNetworksAllowed } from "./issuer-fetch.ts";

const text = (most: number, missing: string) => z.string().trim().min(1, missing).max(most);

/** Also as forms send it. */
const flag = z.stringbool().or(z.boolean());

const roleRule = z.strictObject({
  claim: text(100, deskWords.errors.ruleNeedsClaim),
  value: text(200, deskWords.errors.ruleNeedsClaim),
  role: z.enum([...memberRoles, ...staffRoles], deskWords.errors.ruleNeedsRole),
  accountId: z.uuid().nullable().default(null),
});

export const providerFields = {
  name: text(50, deskWords.errors.nameIssuer),
  issuer: z
    .string()
    .trim()
    .max(300)
    .pipe(z.url({ protocol: /^https?$/, error: deskWords.errors.issuerAddress })),
  clientId: text(300, deskWords.errors.clientIdMissing),
  audience: z.enum(issuerAudiences, deskWords.errors.chooseAudience),
  accountId: z.uuid().nullable().default(null),
  isEnabled: flag.default(true),
  isOnlyWay: flag.default(false),
  checksSecondStep: flag.default(false),
  defaultRole: z
    .enum([...memberRoles, ...staffRoles])
    .nullable()
    .default(null),
  roleRules: z.array(roleRule).max(100).default([]),
};

export const clientSecret = z.string().trim().min(1, deskWords.errors.clientSecretMissing).max(2_000);

type Given = {
  issuer: string;
  audience: IssuerAudience;
  accountId: string | null;
  defaultRole: string | null;
  roleRules: RoleRule[];
};

/** Refuses an address that is never called, and roles and accounts that do not go with whom the issuer is for. Throws `invalid`. */
export function refuseMismatch({ issuer, audience, accountId, defaultRole, roleRules }: Given): void {
  const why = whyNeverReached(issuer, issuerNetworksAllowed());
  if (why) throw invalid("issuer", why);
  const isOfAccount = audience === "account";
  if (isOfAccount !== (accountId !== null))
    throw invalid(isOfAccount ? "accountId" : "audience", deskWords.errors.issuerAccount(isOfAccount));
  const roles: readonly string[] = audience === "staff" ? staffRoles : memberRoles;
  if (defaultRole !== null && (audience === "members" || !roles.includes(defaultRole)))
    throw invalid("defaultRole", deskWords.errors.roleNotOfAudience(defaultRole));
  for (const rule of roleRules) {
    if (!roles.includes(rule.role)) throw invalid("roleRules", deskWords.errors.roleNotOfAudience(rule.role));
    if ((audience === "members") !== (rule.accountId !== null))
      throw invalid("roleRules", deskWords.errors.ruleAccount(audience === "members"));
  }
}
