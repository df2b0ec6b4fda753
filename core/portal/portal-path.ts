/** Where a portal link leads. */
export function portalPath(secret: string): string {
  return `/portal/${secret}`;
}

/**
 * A path below the account's pages as it is appended to `/a/{slug}`, like `/tokens?create=1`, or empty for the overview; null = it
 * leads out of the account.
 */
export function pathInAccount(path: string): string | null {
  const base = "http://gatehouse.invalid";
  const root = "/a/account";
  if (!path.startsWith("/") || !URL.canParse(root + path, base)) return null;
  const { origin, pathname, search, hash } = new URL(root + path, base);
  if (origin !== base || (pathname !== root && !pathname.startsWith(`${root}/`))) return null;
  const rest = pathname.slice(root.length);
  return (rest === "/" ? "" : rest) + search + hash;
}
