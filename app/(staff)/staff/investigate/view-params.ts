import { z } from "zod";
import { chosenParams, minuteParam, paramText } from "#app/_lib/param.ts";
import { otherClients } from "#core/gate/import/traffic-count.ts";
import { beyondKey, type Dimension, trafficOrders } from "#core/investigate/read-traffic.ts";
import { mostAccounts } from "#core/investigate/traffic-filter.ts";
import { decisionCodes, surfaces } from "#core/rules/vocabulary.ts";

const text = (max: number) => paramText(max).catch("").default("");
/** As a field for a day and a time gives it; UTC. */
const time = z
  .literal("")
  .or(z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/))
  .catch("")
  .default("");

/** Ids by comma, or the same name several times, as ticked boxes send them. */
const ids = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => [given].flat().flatMap((one) => one.split(",")))
  .transform((given) => [...new Set(given.filter((one) => z.uuid().safeParse(one).success))].slice(0, mostAccounts))
  .catch([])
  .default([]);

/** A view as the address holds it; what no view knows counts as nothing chosen. */
export const viewParams = z.object({
  account: ids,
  tokenId: z.uuid().optional().catch(undefined),
  network: text(45),
  /** 0 is no endpoint at all, which is a choice; an empty field is none. */
  endpoint: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .optional()
    .catch(undefined),
  surface: z.enum(surfaces).optional().catch(undefined),
  code: z
    .enum([...decisionCodes, "refused"])
    .optional()
    .catch(undefined),
  client: text(64),
  hours: z.coerce.number().int().min(1).max(2_160).optional().catch(undefined),
  from: time,
  until: time,
  order: z.enum(trafficOrders).optional().catch(undefined),
  /** "all" = also the tables that take seconds. */
  tables: z.literal("all").optional().catch(undefined),
});
export type View = z.infer<typeof viewParams>;

/** The input of the use cases. */
export function inputOf({ account, tokenId, endpoint, code, hours, from, until, ...view }: View) {
  return {
    accountIds: account,
    ...(tokenId ? { tokenId } : {}),
    ...(view.network ? { network: view.network } : {}),
    ...(endpoint === undefined ? {} : { endpointId: endpoint }),
    ...(view.surface ? { surface: view.surface } : {}),
    ...(code ? { outcome: code } : {}),
    ...(view.client ? { client: view.client } : {}),
    ...(hours ? { hours } : {}),
    ...(view.order ? { order: view.order } : {}),
    ...(from ? { from: `${from}:00Z` } : {}),
    ...(until ? { until: `${until}:00Z` } : {}),
  };
}

/** The query string of a view, with only what was chosen, always in the same order. */
export function queryOf(view: View): string {
  return chosenParams({ ...view, account: view.account.join(",") || undefined }).toString();
}

export function hrefOf(view: View, change: Partial<View> = {}): string {
  const query = queryOf({ ...view, ...change });
  return query === "" ? "/staff/investigate" : `/staff/investigate?${query}`;
}

/** The view narrowed to one row of a table; null = the row is no filter. */
export function narrowedTo(view: View, by: Dimension, key: string): View | null {
  switch (by) {
    case "account":
      return { ...view, account: [key] };
    case "token":
      return { ...view, tokenId: key };
    case "endpoint":
      return { ...view, endpoint: Number(key) };
    case "network":
      return key === beyondKey ? { ...view, client: otherClients } : { ...view, network: key };
    case "client":
      return key === "" ? null : { ...view, client: key };
    case "outcome":
      return { ...view, code: viewParams.shape.code.parse(key) };
    default:
      return { ...view, surface: viewParams.shape.surface.parse(key) };
  }
}

/** The exact times of a view, for an address that shows the same tomorrow. */
export function pinned(view: View, from: Date, until: Date): View {
  return { ...view, hours: undefined, from: minuteParam(from), until: minuteParam(until) };
}
