const dayMs = 86_400_000;

/** What the create form means: networks one per line, the expiry as an instant; its own fields (`_…`) stay behind. */
export function tokenForm(typed: FormData, account: string, nowMs: number): FormData {
  const form = new FormData();
  form.set("account", account);
  for (const name of ["name", "capPerDay", "capPerMinute"]) form.set(name, text(typed, name));
  for (const scope of typed.getAll("scopes[]")) form.append("scopes[]", scope);
  for (const line of text(typed, "_networks").split(/[\s,]+/)) if (line !== "") form.append("allowedNetworks[]", line);
  const expiresAt = expiryOf(text(typed, "_expiry"), text(typed, "_expiryDate"), nowMs);
  if (expiresAt) form.set("expiresAt", expiresAt);
  return form;
}

/** `30` = in 30 days; `date` = the end of that day in the viewer's zone; anything else = never. */
export function expiryOf(choice: string, date: string, nowMs: number): string | null {
  if (choice === "date") {
    const end = new Date(`${date}T23:59:59`);
    return Number.isNaN(end.getTime()) ? date || "no date" : end.toISOString();
  }
  return /^\d+$/.test(choice) ? new Date(nowMs + Number(choice) * dayMs).toISOString() : null;
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}
