import { z } from "zod";
import type { Ctx } from "#core/frame/context.ts";
import { AppError } from "#core/frame/errors.ts";
import type { TokenCheck } from "#core/tokens/check-token.ts";
import { checkTokenView } from "#core/tokens/read-token-view.ts";

const text = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .transform((value) => value || undefined)
    .optional()
    .catch(undefined);

/** What the page is asked for in its address: one request, and one receipt. */
export const question = z.object({ way: text(20), path: text(2_000), from: text(45), receipt: text(80) });

/** What the gate would answer; what was wrongly asked is said in words. */
export async function askGate(
  ctx: Ctx,
  { way = "GET", path, from }: z.output<typeof question>,
): Promise<{ check: TokenCheck | null; fault: string | null }> {
  if (path === undefined) return { check: null, fault: null };
  const isHttp = way !== "smtp" && way !== "inbound";
  try {
    const asked = isHttp ? { method: way, path } : { surface: way, method: "*", path: "/" };
    return { check: await checkTokenView.fromUnknown(ctx, { ...asked, ...(from ? { ip: from } : {}) }), fault: null };
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid")
      return { check: null, fault: error.fields.ip ?? error.message };
    throw error;
  }
}
