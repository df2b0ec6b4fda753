/** Where a browser begins to sign in through an issuer. */
export function startPath(providerId: string, next: string | null = null): string {
  return `/single-sign-on/${providerId}${next === null ? "" : `?next=${encodeURIComponent(next)}`}`;
}
