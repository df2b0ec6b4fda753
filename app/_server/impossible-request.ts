import type { IncomingMessage } from "node:http";

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** What Next.js would answer with a 500: a method that no address has, and a path whose octets are no text. Null = an ordinary request. */
export function impossibleRequest({ method = "", url = "" }: Pick<IncomingMessage, "method" | "url">): {
  status: number;
  text: string;
  headers: Record<string, string>;
} | null {
  if (!methods.has(method))
    return { status: 405, text: "This method is not allowed.\n", headers: { allow: [...methods].join(", ") } };
  return isText(url.split("?", 1)[0] ?? "") ? null : { status: 400, text: "This address is malformed.\n", headers: {} };
}

function isText(path: string): boolean {
  try {
    return !decodeURIComponent(path).includes("\0");
  } catch {
    return false;
  }
}
