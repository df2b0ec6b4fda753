type Asked = { limit: number; cursor: string | null };

/** Pages of a use case that takes `limit` and `offset` and gives a plain list: a full page may have one after it. */
export const byOffset = {
  input: (limit: number, cursor: string | null): Record<string, unknown> => ({ limit, offset: cursor ?? 0 }),
  next: (result: readonly unknown[], { limit, cursor }: Asked): string | null =>
    result.length < limit ? null : String(Number(cursor ?? 0) + limit),
};
