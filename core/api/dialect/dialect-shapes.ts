import { scopesToDialect } from "./scope-names.ts";

type Token = { id: string; name: string; createdAt: Date; pausedAt: Date | null; scopes: string[] };

/** A token as the recorded contract shows it: `status` is a verb, and a live token reads `unpause`. */
export function shownToken({ id, name, createdAt, pausedAt, scopes }: Token) {
  return {
    id,
    name,
    status: pausedAt ? "pause" : "unpause",
    created_at: microseconds(createdAt),
    scopes: scopesToDialect(scopes),
  };
}

/** ISO 8601 with microseconds, as recorded. */
export function microseconds(at: Date): string {
  return at.toISOString().replace("Z", "000Z");
}

type Paging = { page: number; limit: number };

/** A page with `links` and `meta` in the recorded form. */
export function page<Item>(all: Item[], url: URL, { page: current, limit }: Paging) {
  const last = Math.max(1, Math.ceil(all.length / limit));
  const from = (current - 1) * limit;
  const data = all.slice(from, from + limit);
  const path = `${url.origin}${url.pathname}`;
  const at = (number: number) => (number < 1 || number > last ? null : `${path}?page=${number}&limit=${limit}`);
  const step = (label: string, number: number) => ({
    url: at(number),
    label,
    active: number === current && !/;/.test(label),
  });
  return {
    data,
    links: { first: at(1), last: at(last), prev: at(current - 1), next: at(current + 1) },
    meta: {
      current_page: current,
      from: data.length === 0 ? null : from + 1,
      last_page: last,
      links: [
        step("&laquo; Previous", current - 1),
        ...Array.from({ length: last }, (_, index) => step(String(index + 1), index + 1)),
        step("Next &raquo;", current + 1),
      ],
      path,
      per_page: limit,
      to: data.length === 0 ? null : from + data.length,
      total: all.length,
    },
  };
}
