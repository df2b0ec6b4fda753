/**
 * What a token may be given beside the provider's own scopes: each is a permission of core/permissions, by its name. People's own
 * matters (sessions) and what makes or ends people are not among them.
 */
export const tokenScopes = {
  "account:read": "See the account, its plan and its limits",
  "members:read": "See who belongs to the account",
  "members:write": "Invite, change and remove members",
  "tokens:read": "See the tokens, never their secrets",
  "tokens:write": "Create, change, pause and revoke tokens",
  "usage:read": "Read usage, quota, limits and refusals",
  "alerts:read": "See alerts and when they are sent",
  "alerts:write": "Change when alerts are sent, send a test",
  "standing:read": "Read the standing, its reasons and notices",
  "notices:acknowledge": "Acknowledge notices",
  "appeals:read": "Read appeals and their threads",
  "appeals:write": "Submit and withdraw appeals",
  "appeals:message": "Write into the thread of an appeal",
  "loads:write": "Announce loads",
  "integrations:read": "See integrations",
  "integrations:write": "Register and change integrations",
  "provider:read": "See the endpoints, plans and scopes of the API",
  "audit:read": "Read the account's audit log",
  "webhooks:read": "See webhook endpoints and deliveries",
  "webhooks:write": "Change webhook endpoints, send again",
} as const;

export type TokenScope = keyof typeof tokenScopes;

export function isTokenScope(name: string): name is TokenScope {
  return Object.hasOwn(tokenScopes, name);
}
