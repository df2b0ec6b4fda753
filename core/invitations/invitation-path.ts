/** Where a one-time link of any kind leads in the web app. */
export function invitationPath(secret: string): string {
  return `/invite/${secret}`;
}
