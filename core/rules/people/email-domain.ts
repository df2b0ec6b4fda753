/** Labels of letters, digits and inner hyphens, at least two of them. */
const asciiDomain = /^(?=.{1,253}$)[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)+$/;

/** A domain as DNS spells it: lower case, ASCII, no dot at the end. Null = it is none. */
export function asDomain(text: string): string | null {
  const given = text.trim().replace(/\.$/, "");
  // The parser of addresses would read more than a name: escapes, ports, numbers.
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(given) || !URL.canParse(`http://${given}`)) return null;
  const { hostname } = new URL(`http://${given}`);
  return asciiDomain.test(hostname) && !/^[\d.]+$/.test(hostname) ? hostname : null;
}

/** The domain of an e-mail address, as `asDomain` spells it. Null = it has none. */
export function emailDomain(address: string): string | null {
  const at = address.lastIndexOf("@");
  return at < 1 ? null : asDomain(address.slice(at + 1));
}
