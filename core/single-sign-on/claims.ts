import type { RoleRule } from "#db/schema/identity.ts";
import { emailDomain } from "../rules/people/email-domain.ts";

/** What an issuer says of a person, from its signed token and, where that says less, its user info. */
export type Claims = { iss: string; sub: string; [claim: string]: unknown };

/** The values of a claim as texts: of a list each, of `realm_access.roles` those inside. A name with dots is tried as it is first. */
export function claimValues(claims: Record<string, unknown>, name: string): string[] {
  const value = Object.hasOwn(claims, name) ? claims[name] : name.split(".").reduce<unknown>(inside, claims);
  const values = Array.isArray(value) ? value : [value];
  return values.flatMap((one) => (["string", "number", "boolean"].includes(typeof one) ? [String(one)] : []));
}

function inside(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}

/** The rules that hold for a person, in their order. */
export function rulesFor(rules: readonly RoleRule[], claims: Claims): RoleRule[] {
  return rules.filter(({ claim, value }) => claimValues(claims, claim).includes(value));
}

/** Microsoft's issuers do not send `email_verified`; theirs says whether the address's domain belongs to the tenant. */
const microsoft = "https://login.microsoftonline.com/";

/** The address that the issuer vouches for, in lower case; null = it names none, or has not verified it. */
export function verifiedEmail(claims: Claims): { email: string | null; isNamed: boolean } {
  const said = typeof claims.email === "string" ? claims.email.trim().toLowerCase() : "";
  const domain = emailDomain(said);
  if (!/^[^\s@]+@[^\s@]+$/.test(said) || said.length > 320) return { email: null, isNamed: false };
  // One spelling of each domain, so that what is asked of a domain holds for all its addresses.
  const email = domain === null ? said : `${said.slice(0, said.indexOf("@"))}@${domain}`;
  const ofDomain = claims.iss.startsWith(microsoft) && [true, 1, "1", "true"].some((yes) => claims.xms_edov === yes);
  return { email: claims.email_verified === true || ofDomain ? email : null, isNamed: true };
}

/** The name to show; the address where the issuer gives none. */
export function nameIn(claims: Claims, email: string): string {
  const name = typeof claims.name === "string" ? claims.name.trim().slice(0, 100) : "";
  return name === "" ? email.slice(0, 100) : name;
}

/** Values of `acr` that stand for more than one factor: OpenID's PAPE and EAP ACR values, and REFEDS MFA. */
const strongAcr = [
  "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
  "https://refeds.org/profile/mfa",
  "phr",
  "phrh",
];

/** Whether the issuer says that it has checked a second step this time (RFC 8176). */
export function saysTwoSteps(claims: Claims): boolean {
  const { amr, acr } = claims;
  return (Array.isArray(amr) && amr.includes("mfa")) || (typeof acr === "string" && strongAcr.includes(acr));
}
