import { isIP } from "node:net";
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

/** Addresses of DNS servers, with a port where it is not 53; empty = those of the machine. */
const dnsServers = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((one) => one !== ""))
  .refine(
    (all) => all.every((one) => isIP(one.replace(/^\[([^\]]+)\](:\d{1,5})?$|^([\d.]+):\d{1,5}$/, "$1$3")) !== 0),
    {
      error: "must be IP addresses separated by commas, for example 9.9.9.9, 192.0.2.1:5353",
    },
  )
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
  DOMAIN_DNS_SERVERS: dnsServers.describe(
    "DNS servers that the worker asks for the records by which accounts prove their e-mail domains, separated by commas, for example `9.9.9.9, 192.0.2.1:5353`. Without any, the machine's own.",
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
