/**
 * What a token may be given beside the provider's own scopes: each is a permission of core/frame/permissions, by its name. People's own
 * matters (sessions) and what makes or ends people are not among them.
 */
export const tokenScopes = [
  "account:read",
  "networks:write",
  "domains:read",
  "domains:write",
  "members:read",
  "members:write",
  "tokens:read",
  "tokens:write",
  "usage:read",
  "alerts:read",
  "alerts:write",
  "standing:read",
  "notices:acknowledge",
  "appeals:read",
  "appeals:write",
  "appeals:message",
  "loads:write",
  "integrations:read",
  "integrations:write",
  "provider:read",
  "audit:read",
  "webhooks:read",
  "webhooks:write",
] as const;
export type TokenScope = (typeof tokenScopes)[number];

export function isTokenScope(name: string): name is TokenScope {
  return (tokenScopes as readonly string[]).includes(name);
}
