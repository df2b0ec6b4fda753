import { z } from "zod";

/** An address without path, as browsers write it: https, or http on the machine itself. */
function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  const isHere = protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  // No wildcard, and nothing that would end a directive of the page's policy: URLs may have either in their host.
  const isPlain = /^[a-z\d.-]+$|^\[[a-f\d:]+\]$/.test(hostname);
  return origin === text && isPlain && (protocol === "https:" || isHere);
}

/** Origins, separated by commas or spaces; empty = none. */
const origins = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((one) => one !== ""))
  .refine((all) => all.every(isOrigin), {
    error: "must be origins separated by commas, for example https://app.example.com",
  })
  .prefault("");

/** Variables of the ways in besides the password. */
export const wayInSettings = {
  EMAIL_LINK_SIGN_IN: z
    .enum(["0", "1"])
    .default("0")
    .transform((value) => value === "1")
    .describe("`1` lets members, never staff, sign in by a one-time link that is mailed to them; needs `SMTP_URL`."),
  TOKEN_SIGN_IN: z
    .enum(["0", "1"])
    .default("1")
    .transform((value) => value === "1")
    .describe(
      "`0` stops people from signing in with a token, which shows that token's own usage, limits and standing.",
    ),
  PORTAL_RETURN_ORIGINS: origins.describe(
    "Origins of your own product, separated by commas, to which a portal link may lead back, for example `https://app.example.com`.",
  ),
  PORTAL_EMBED_ORIGINS: origins.describe(
    "Origins of your own product, separated by commas, whose pages may show an account in a frame, for people who came by a portal link. Without any, nobody can frame Gatehouse.",
  ),
  PORTAL_SESSION_HOURS: z.coerce
    .number()
    .int()
    .min(1)
    .max(12)
    .default(4)
    .describe("Hours after which a session opened by a portal link ends, 1 to 12."),
};
