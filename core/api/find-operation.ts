import type { Method, Operation } from "./operation.ts";

export type Found = { operation: Operation; params: Record<string, string> } | { allow: Method[] } | null;

/** The operation of a method and a path below `/api/v1`; the methods there are when it is another one; null = no such path. */
export function findOperation(operations: readonly Operation[], method: string, path: string): Found {
  const parts = path.split("/");
  const allow: Method[] = [];
  let best: { operation: Operation; params: Record<string, string> } | null = null;
  // What answers a GET answers a HEAD; the server leaves the body out.
  const wanted = method === "HEAD" ? "GET" : method;
  for (const operation of operations) {
    const params = match(operation.path.split("/"), parts);
    if (!params) continue;
    allow.push(operation.method);
    if (operation.method !== wanted) continue;
    if (!best || isNearer(operation.path, best.operation.path)) best = { operation, params };
  }
  if (best) return best;
  return allow.length > 0 ? { allow: [...new Set(allow)] } : null;
}

/** `/tokens/check` is nearer than `/tokens/{tokenId}`, and `/x/by-id/{id}` than `/x/{id}/plan`: the first piece that differs decides. */
function isNearer(path: string, other: string): boolean {
  const others = other.split("/");
  const differing = path.split("/").find((piece, index) => piece.startsWith("{") !== others[index]?.startsWith("{"));
  return differing !== undefined && !differing.startsWith("{");
}

function match(pattern: string[], parts: string[]): Record<string, string> | null {
  if (pattern.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [index, piece] of pattern.entries()) {
    const part = parts[index] ?? "";
    const name = /^\{(\w+)\}$/.exec(piece)?.[1];
    if (name === undefined) {
      if (piece !== part) return null;
      continue;
    }
    const value = decode(part);
    if (value === null || value === "") return null;
    params[name] = value;
  }
  return params;
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
