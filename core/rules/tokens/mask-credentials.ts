/** Texts that carry their kind with them: our own credentials and webhook secrets, and signed tokens (RFC 7519). */
const shapes = /\b(gth[sg]?_|whsec_)[A-Za-z0-9+/=_-]{8,}|\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?/g;
/** What stands after a name that says it: `access_token=…`, `X-Api-Key: …`, `Bearer …`. */
const named =
  /\b((?:access[-_]?|api[-_]?|auth[-_]?|id[-_]?)?(?:token|key|secret|password)=|bearer[ +]+)[^\s&"'<>]{4,}/gi;
const hint = /gth|eyJ|whsec_|token|key|secret|password|bearer/i;

/**
 * A text from traffic without what is shaped like a credential, for everywhere it is kept, mailed, logged or shown: clients put tokens
 * into paths and names by mistake.
 */
export function maskCredentials(text: string): string {
  if (!hint.test(text)) return text;
  return text
    .replace(shapes, (_all, prefix: string | undefined) => `${prefix ?? ""}…`)
    .replace(named, (_all, name: string) => `${name}…`);
}
