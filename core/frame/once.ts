import type { Ctx } from "./context.ts";

/**
 * A reading that several use cases need for one page: done once per context, because all of it is read for the same moment. Only for
 * functions that read; inside a transaction the context is another one, so what a command has just changed is seen.
 */
export function oncePerContext<Result>(read: (ctx: Ctx) => Promise<Result>): (ctx: Ctx) => Promise<Result> {
  const readings = new WeakMap<Ctx, Promise<Result>>();
  return (ctx) => {
    const reading = readings.get(ctx) ?? read(ctx);
    readings.set(ctx, reading);
    return reading;
  };
}
