import type { LimitKind } from "../../rules/limits/catalogue.ts";
import type { KindOfLimit } from "./kind.ts";
import { quota } from "./quota.ts";
import { rate } from "./rate.ts";

/** How each kind of limit is counted. */
export const kinds: Record<LimitKind, KindOfLimit> = { rate, quota };
