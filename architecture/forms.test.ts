import { parseSync } from "oxc-parser";
import { describe, expect, it } from "vitest";
import { code } from "./read-sources.ts";
import { type Node, visit } from "./syntax.ts";

/**
 * A form without an action is sent by GET when Enter comes before its script: what was typed is then in the address, the history and
 * the logs. So forms that change something are a `PostForm` or name their server action. A search may be GET if it holds no secret.
 */

/** Written by hand, with the reason. */
const exceptions: Record<string, { form: string; why: string }> = {
  "app/_parts/post-form.tsx": {
    form: "<form {...rest} action={action as (form: FormData) => void} onSubmit={onSubmit}>",
    why: "is PostForm",
  },
  "components/ui/confirm-panel.tsx": {
    form: '<form method="post" onSubmit={submit} className="flex flex-col gap-4">',
    why: "a dialog that only script can open, so it is never sent before",
  },
};

/** Fields of searches whose names sound like a secret. */
const harmless: Record<string, Record<string, string>> = {
  "app/(owner)/a/[account]/refusals/page.tsx": {
    code: "why a call was refused, chosen from a list",
    token: "a token's id, chosen from a list",
  },
  "app/(staff)/staff/investigate/filter-form.tsx": { tokenId: "a token's id, chosen from a table" },
  "app/(owner)/a/[account]/usage/usage-filter.tsx": { tokenId: "a token's id, chosen from a list" },
};

const secretName = /password|secret|token|code|key|link|e-?mail/i;

/** What is wrong with the forms of one source. */
function formFaults(path: string, text: string): string[] {
  const { program, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  const faults: string[] = [];
  visit(program, (node, above) => {
    if (node.type !== "JSXElement") return;
    const { name, attributes, source } = openingOf(node, text);
    if (attributes.type === '"password"' && !above.some((one) => openingOf(one, text).name === "PostForm"))
      faults.push(`${path}: a password outside of a PostForm: ${source}`);
    if (name !== "form") return;
    const excepted = exceptions[path];
    if (excepted?.form === source.replace(/\s+/g, " ")) return;
    if (attributes.method === '"get"') {
      if (attributes.onSubmit) faults.push(`${path}: a GET form does nothing in script: ${source}`);
      for (const { name: field = "", type } of fieldsIn(node, text)) {
        const isKnown = harmless[path]?.[field.replaceAll('"', "")] !== undefined;
        if (type === '"password"' || (secretName.test(field) && !isKnown))
          faults.push(`${path}: ${field} would get into the address: ${source}`);
      }
    } else if (attributes.onSubmit || attributes.spread || !isServerAction(attributes.action, text)) {
      faults.push(`${path}: not a POST before its script has come, use PostForm: ${source}`);
    }
  });
  return faults;
}

describe("every form", () => {
  const pages = code.filter(({ path }) => /^(app|components)\/.*\.tsx$/.test(path));

  it("is a POST to a server action before its script has come, or a GET without a secret", () => {
    const faults = pages.flatMap(({ path, text }) => formFaults(path, text));
    expect(faults).toEqual([]);
    for (const [path, { form }] of Object.entries(exceptions)) {
      const source = pages.find((one) => one.path === path)?.text.replace(/\s+/g, " ") ?? "";
      expect(source, `${path} is excepted for a form it has`).toContain(form);
    }
  });

  it.each([
    ["sends by script only", "<form onSubmit={send}><input name='a' /></form>"],
    ["has a function of the browser as its action", "<form action={end}><button>End</button></form>"],
    ["says nothing", "<form><input name='a' /></form>"],
    ["takes what useActionForm returns by hand", "<form onSubmit={send.form.onSubmit} action={send.form.action} />"],
    ["has an address as its action and does not say GET", '<form action="/search"><input name="q" /></form>'],
    ["is GET with a password", '<form method="get"><Input type="password" name="p" /></form>'],
    ["is GET with a secret by its name", '<form method="get"><Field name="resetCode" /></form>'],
    ["asks for a password without a form", '<div><Input type="password" name="p" /></div>'],
  ])("is refused if it %s", (_what, form) => {
    expect(formFaults("app/sample.tsx", `const sample = ${form};`)).not.toEqual([]);
  });

  it.each([
    ["a PostForm", '<PostForm sends={save}><Input type="password" name="password" /></PostForm>'],
    ["a search", '<form method="get"><Input name="q" /></form>'],
    ["a button with its server action", "<form action={signOutAction}><button>Sign out</button></form>"],
  ])("is taken as %s", (_what, form) => {
    const sample = `import { signOutAction } from "./actions.ts";\nconst sample = ${form};`;
    expect(formFaults("app/sample.tsx", sample)).toEqual([]);
  });
});

/** Of an element its name, its attributes as they are written, and its opening tag. */
function openingOf(element: Node, text: string) {
  const opening = element.openingElement as Node & { attributes: Node[]; name: Node };
  const textOf = (node: unknown) => {
    const { start, end } = node as { start: number; end: number };
    return text.slice(start, end);
  };
  const attributes: Record<string, string> = {};
  for (const one of opening.attributes) {
    if (one.type === "JSXSpreadAttribute") attributes.spread = textOf(one);
    else attributes[textOf(one.name)] = one.value ? textOf(one.value) : "true";
  }
  return { name: textOf(opening.name), attributes, source: textOf(opening) };
}

function fieldsIn(form: Node, text: string): { name?: string; type?: string }[] {
  const fields: { name?: string; type?: string }[] = [];
  visit(form, (node) => {
    if (node.type !== "JSXElement" || node === form) return;
    const { attributes } = openingOf(node, text);
    fields.push({
      ...(attributes.name ? { name: attributes.name } : {}),
      ...(attributes.type ? { type: attributes.type } : {}),
    });
  });
  return fields;
}

/** Whether an attribute's value is a name that is imported from a file of server actions. */
function isServerAction(value: string | undefined, text: string): boolean {
  const name = /^\{(\w+)\}$/.exec(value ?? "")?.[1];
  if (!name) return false;
  return new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from "[^"]*actions\\.ts"`).test(text);
}
