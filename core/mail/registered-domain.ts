import { parse } from "tldts";

/** The domain that somebody registered, of a name at or below it (Public Suffix List): all below it is one owner's. */
export function registeredDomain(name: string): string {
  return parse(name).domain ?? name;
}
