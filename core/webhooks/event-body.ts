/** The body of a webhook: `{ type, timestamp, data }` of Standard Webhooks. `timestamp` is when it happened, `data` holds ids and facts. */
export function eventBody(type: string, at: Date, data: Record<string, unknown>): string {
  return JSON.stringify({ type, timestamp: at.toISOString(), data });
}
