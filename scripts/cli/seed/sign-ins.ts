import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const signInsSchema = z.object({
  password: z.string(),
  people: z.array(z.object({ email: z.string(), what: z.string() })),
});
export type SignIns = z.output<typeof signInsSchema>;

const fileOf = (dataDir: string) => join(dataDir, "demo-sign-ins.json");

export function readSignIns(dataDir: string): SignIns | null {
  const file = fileOf(dataDir);
  return existsSync(file) ? signInsSchema.parse(JSON.parse(readFileSync(file, "utf8"))) : null;
}

/** Kept for the next start's print-out; readable by its owner only. */
export function writeSignIns(dataDir: string, signIns: SignIns): void {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(fileOf(dataDir), JSON.stringify(signIns, null, 2), { mode: 0o600 });
}

/** What a person who tries the demo needs: where, as whom, and what to look at. */
export function signInWords({ password, people }: SignIns, publicUrl: string): string {
  const width = Math.max(...people.map((one) => one.email.length));
  return [
    `Sign in at ${publicUrl} with the password  ${password}`,
    ...people.map((one) => `  ${one.email.padEnd(width)}  ${one.what}`),
    "Try: open the case of Northwind Mail as reviewer and suspend it; watch its owner's overview while you do.",
  ].join("\n");
}
