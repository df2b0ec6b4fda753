import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { writePrivately } from "../scripts/cli/access-log/secrets-file.ts";
import { cast } from "./companies.ts";
import { northwindMembers, staff } from "./people.ts";
import type { DemoPlan } from "./plan-types.ts";

const signInsSchema = z.object({
  password: z.string(),
  people: z.array(z.object({ email: z.string(), what: z.string() })),
});
/** Sample sign-ins: all people of the demo have the one password of this installation. */
export type SignIns = z.output<typeof signInsSchema>;

const pathOf = (dataDir: string) => join(dataDir, "demo-sign-ins.json");

/** Null when no demo was made in this folder. */
export function readSignIns(dataDir: string): SignIns | null {
  try {
    return signInsSchema.parse(JSON.parse(readFileSync(pathOf(dataDir), "utf8")));
  } catch {
    return null;
  }
}

export function writeSignIns(dataDir: string, signIns: SignIns): void {
  writePrivately(pathOf(dataDir), `${JSON.stringify(signIns, null, 2)}\n`);
}

export function signInsOf(plan: DemoPlan, password: string): SignIns {
  const ownerOf = (name: string) => plan.accounts.find((one) => one.name === name)?.members[0]?.email ?? "";
  return {
    password,
    people: [
      ...northwindMembers.map(({ email, role }) => ({ email, what: `${role} of ${cast.excess}` })),
      { email: ownerOf(cast.suspended), what: `owner of ${cast.suspended}, which is suspended` },
      { email: ownerOf(cast.nearlySpent), what: `owner of ${cast.nearlySpent}, whose quota is nearly used up` },
      { email: ownerOf(cast.empty), what: `owner of ${cast.empty}, where nothing is yet` },
      ...staff.map(({ email, role }) => ({ email, what: `staff, ${role}` })),
    ],
  };
}

const words = [
  ..."amber anchor basil birch bridge candle canyon cedar cobalt copper coral delta ember falcon fennel fjord".split(
    " ",
  ),
  ..."garnet ginger harbor hazel heron indigo ivory jasper juniper lagoon lantern lemon maple marble meadow mint".split(
    " ",
  ),
  ..."north olive onyx orchard otter pebble pepper pine plum quartz raven river saffron sage sierra silver".split(" "),
  ..."slate spruce summit sunset thistle tidal topaz tundra velvet violet walnut willow winter yarrow zephyr zinc".split(
    " ",
  ),
];

/** Four words and a number: 30 bits, for a desk that only this machine reaches. Made anew for each installation. */
export function newDemoPassword(): string {
  const four = Array.from({ length: 4 }, () => words[randomInt(words.length)]);
  return `${four.join("-")}-${randomInt(10, 100)}`;
}

/** What a person who tries the demo needs: where, as whom, and what to look at. */
export function signInWords({ password, people }: SignIns, publicUrl: string, gateUrl: string): string {
  const width = Math.max(...people.map((one) => one.email.length));
  const verify = `curl -s ${gateUrl}/v1/verify -H 'content-type: application/json'`;
  return [
    `Sign in at ${publicUrl}/sign-in; everybody's password is  ${password}`,
    ...people.map((one) => `  ${one.email.padEnd(width)}  ${one.what}`),
    "The demo runs with STAFF_SECOND_STEP=offered: its staff sign in without an authenticator app.",
    "",
    "What to try:",
    `  1. As ${northwindMembers[0]?.email}: Overview. A client goes beyond its limit; Refusals says which and why.`,
    "  2. Tokens → Create token. Then call with it:",
    `     ${verify} -d '{"token":"gth_…","method":"POST","path":"/v1/email"}'`,
    `  3. As ${staff[2]?.email}: Cases → ${cast.excess} → Suspend. The next call is refused; lift it, and it passes again.`,
    `  4. As ${staff[1]?.email}: Actions. The suspension of ${cast.pending} waits for a second person.`,
    "  5. Send a real access log through the gate:  npm run gatehouse -- replay FILE.gz",
  ].join("\n");
}
