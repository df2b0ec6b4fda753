import { isIP } from "node:net";
import { z } from "zod";

/** CIDR blocks or addresses, separated by commas or spaces; empty = none. */
export const networks = z
  .string()
  .refine((text) => text.split(/[\s,]+/).every((one) => one === "" || isNetwork(one)), {
    error: "must be addresses or CIDR blocks separated by commas, for example 10.0.0.0/8, 2001:db8::/32",
  })
  .default("");

function isNetwork(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}
