import { z } from "zod";
import { Pagination } from "#components/ui/pagination.tsx";

const pageSize = 25;

/** `?page=` of an address; 1 when it is missing or no page number. */
export const pageParam = z.coerce.number().int().min(1).max(10_000).catch(1);

/** What to ask a list for, to show this page of it: one more than is shown tells whether there is a next page. */
export const partOf = (page: number) => ({ limit: pageSize + 1, offset: (page - 1) * pageSize });

export const shownOf = <Row,>(found: readonly Row[]): readonly Row[] => found.slice(0, pageSize);

type PagesProps = {
  /** "Pages of actions" */
  label: string;
  page: number;
  /** What the list gave for `partOf(page)`. */
  found: readonly unknown[];
  /** Address of the list, with its other parameters and without the page. */
  href: string;
};

/** The ways to the pages before and after; nothing where one page shows all. */
export function Pages({ label, page, found, href }: PagesProps) {
  const hasNext = found.length > pageSize;
  if (page === 1 && !hasNext) return null;
  const to = (other: number) => `${href}${href.includes("?") ? "&" : "?"}page=${other}`;
  return (
    <Pagination
      label={label}
      summary={`Page ${page}`}
      {...(page > 1 ? { previousHref: to(page - 1) } : {})}
      {...(hasNext ? { nextHref: to(page + 1) } : {})}
    />
  );
}
