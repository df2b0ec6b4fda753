import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { env } from "#core/runtime/env.ts";

export type ClientToken = { accountId: string; tokenId: string; secret: string };
/** By account name. */
export type ClientTokens = Map<string, ClientToken>;

const schema = z.object({
  version: z.literal(1),
  fileName: z.string(),
  tokens: z.record(z.string(), z.object({ accountId: z.uuid(), tokenId: z.uuid(), secret: z.string() })),
});

/** Where everything about one access log is kept: its tokens, and how far a replay is. Only this user may read it. */
export function replayPath(fileHash: string, ending: string): string {
  const folder = join(env().DATA_DIR, "replay");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return join(folder, `${fileHash}.${ending}`);
}

/** The tokens made for a log earlier; none when there is no file. Throws on a file that something else has written. */
export function readTokens(path: string): ClientTokens {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return new Map();
  }
  return new Map(Object.entries(parse(path, text).tokens));
}

/** Replaces the file in one step, so that it is whole whenever this process ends. */
export function writeTokens(path: string, fileName: string, tokens: ClientTokens): void {
  writePrivately(path, JSON.stringify({ version: 1, fileName, tokens: Object.fromEntries(tokens) }));
}

export function writePrivately(path: string, text: string): void {
  const next = `${path}.next`;
  writeFileSync(next, text, { mode: 0o600 });
  chmodSync(next, 0o600);
  renameSync(next, path);
}

function parse(path: string, text: string): z.output<typeof schema> {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new Error(`${path} is damaged. Delete it: new tokens are made then.`);
  }
}
