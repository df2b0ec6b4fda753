/** The part of an answer that says no as a result, like a wrong password: it is no error, because the failed attempt is recorded. */
export type Refusal<Shown> = Extract<Shown, { ok: false }>;

export function refusalIn<Shown>(shown: Shown | null): Refusal<Shown> | null {
  const isRefusal = typeof shown === "object" && shown !== null && "ok" in shown && shown.ok === false;
  return isRefusal ? (shown as Refusal<Shown>) : null;
}
