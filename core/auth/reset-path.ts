/** Where a one-time link for a new password leads. */
export function resetPath(secret: string): string {
  return `/reset/${secret}`;
}
