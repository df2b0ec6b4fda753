const start = "This page was opened at an address that is not the public one.";

/** For whoever sends a form from a page that a proxy, or somebody else, shows at another address; `publicOrigin` is what `PUBLIC_URL` says. */
export function otherAddress(publicOrigin: string): string {
  return `${start} Open ${publicOrigin} instead. If that address is wrong, whoever runs Gatehouse sets PUBLIC_URL.`;
}

/** Whether a text is that sentence. */
export function isOtherAddress(text: string): boolean {
  return text.startsWith(start);
}
