/** Whether Postgres ended a statement because its time was over (57014), by the error or by what caused it. */
export function isTooLong(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ("code" in cause && cause.code === "57014") return true;
  return false;
}
