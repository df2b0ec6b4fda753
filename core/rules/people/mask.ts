/** `mia.ortiz@example.com` → `m…@example.com`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf("@");
  return at < 1 ? "…" : `${email.charAt(0)}…${email.slice(at)}`;
}

/** What members read in the place of a name of the staff, and of a staff key: who of the provider acted stays with the provider. */
export const theProvider = "The provider";
