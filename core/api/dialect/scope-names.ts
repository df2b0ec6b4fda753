/**
 * Scope names of the recorded contract and what they allow here. Names that stand for nothing here (SMS, WhatsApp …) are left out and
 * refused; the provider's own scope names are taken as they are. Of two names for the same the first is shown: the modest one.
 */
const meanings: Record<string, readonly string[]> = {
  email_full: ["email:send", "email:read"],
  domains_full: ["domains:read", "domains:write"],
  domains_read: ["domains:read"],
  activity_read: ["activity:read"],
  activity_full: ["activity:read"],
  analytics_read: ["analytics:read"],
  analytics_full: ["analytics:read"],
  tokens_full: ["tokens:read", "tokens:write"],
  webhooks_full: ["webhooks:read", "webhooks:write"],
  templates_full: ["templates:read"],
  suppressions_full: ["suppressions:read", "suppressions:write"],
  suppressions_read: ["suppressions:read"],
  recipients_read: ["recipients:read"],
  recipients_full: ["recipients:read"],
  inbounds_full: ["inbound:receive", "inbounds:write"],
};

export function scopesFromDialect(names: readonly string[]): string[] {
  return [...new Set(names.flatMap((name) => (Object.hasOwn(meanings, name) ? (meanings[name] ?? []) : [name])))];
}

/** The fewest names that say the same; what has no such name keeps its own. */
export function scopesToDialect(scopes: readonly string[]): string[] {
  const left = new Set(scopes);
  const names: string[] = [];
  for (const [name, meant] of Object.entries(meanings)) {
    if (!meant.every((scope) => scopes.includes(scope)) || !meant.some((scope) => left.has(scope))) continue;
    names.push(name);
    for (const scope of meant) left.delete(scope);
  }
  return [...names, ...left];
}
