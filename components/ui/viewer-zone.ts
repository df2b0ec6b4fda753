/** The zone the viewer has chosen (`data-time-zone` of the document), or else their browser's; only meaningful in a browser. */
export function viewerZone(): string {
  const chosen = typeof document === "undefined" ? undefined : document.documentElement.dataset.timeZone;
  return chosen ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}
