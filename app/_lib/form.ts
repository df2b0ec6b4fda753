/**
 * A form as an input object. Names ending in `[]` become arrays, also of one or none; an empty text counts as absent, because
 * a form has no null. Fields of the framework (`$…`), of the form itself (`_…`) and of the adapter (`account`) are left out.
 */
export function formToInput(form: FormData): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const [name, value] of form) {
    if (name.startsWith("$") || name.startsWith("_") || name === "account" || typeof value !== "string") continue;
    if (name.endsWith("[]")) {
      const key = name.slice(0, -2);
      const list = Array.isArray(input[key]) ? input[key] : [];
      if (value !== "") list.push(value);
      input[key] = list;
    } else if (value !== "") {
      input[name] = value;
    }
  }
  return input;
}

/** What was typed, by field; a field can be there several times. */
export type Typed = Record<string, string[]>;

/** The named fields of a form as they were typed, to fill in the form again. */
export function typedIn(form: FormData, names: readonly string[]): Typed {
  const texts = (name: string) => form.getAll(name).filter((value) => typeof value === "string");
  return Object.fromEntries(names.map((name) => [name, texts(name)]));
}

/** Names the form of the page that the browser posts by itself; a script leaves it out. */
export const postedFormField = "_form";

/** Which form the browser posted by itself; null = a script sent it. */
export function postedForm(form: FormData): string | null {
  const name = form.get(postedFormField);
  return typeof name === "string" ? name : null;
}

/** Marks a form whose fields a script completes; sent without one, it could mean something else than it shows. */
export const scriptOnlyField = "_scriptOnly";

export function worksOnlyWithScript(form: FormData): boolean {
  return form.has(scriptOnlyField);
}
