/** Where a one-time link of any kind leads in the web app. */
export function invitationPath(secret: string): string {
  return `/invite/${secret}`;
}

/** What the inviter sees of it: where it was mailed, or the path of the link to hand over. */
export function handoverShown({ secret, sentTo }: { secret: string | null; sentTo: string | null }) {
  return { path: secret === null ? null : invitationPath(secret), sentTo };
}
