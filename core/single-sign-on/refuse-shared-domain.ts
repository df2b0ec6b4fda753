import { parse } from "tldts";
import * as words from "#words/words.ts";
import { invalid } from "../frame/errors.ts";
import { isSharedDomain } from "../mail/shared-domain.ts";
import { asDomain } from "../rules/people/email-domain.ts";

/** `_gatehouse-challenge.` comes before it, and a name has at most 253 characters. */
const longest = 230;

/**
 * The domain that an owner has typed, as DNS spells it. Throws `invalid` for what is no domain, for a public suffix like `co.uk` or
 * `github.io`, and for the domain of a mail provider: there, addresses of strangers are side by side.
 */
export function ownableDomain(text: string): string {
  const domain = asDomain(text);
  if (domain === null || domain.length > longest) throw invalid("domain", words.errors.enterDomain);
  const { domain: registrable, isIp } = parse(domain, { allowPrivateDomains: true });
  if (isIp || registrable === null) throw invalid("domain", words.errors.publicSuffix(domain));
  if (isSharedDomain(domain) || isSharedDomain(registrable))
    throw invalid("domain", words.errors.mailProviderDomain(domain));
  return domain;
}
