import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { APIRequestContext } from "@playwright/test";
import type { UseCase } from "#core/frame/define.ts";
import { running } from "./running.ts";

/** The server actions of the account's pages, found on disk, and how a browser posts to them. */

const project = fileURLToPath(new URL("..", import.meta.url));
const root = "app/(owner)/a/[account]";

export type OwnerAction = { name: string; file: string; id: string; page: string; fields: readonly string[] };

type Manifest = { node: Record<string, { exportedName?: string; filename?: string }> };

/** Every action there is, with the fields its use case takes. Fails when the build knows one that was not read. */
export async function ownerActions(): Promise<OwnerAction[]> {
  const manifest = JSON.parse(
    readFileSync(join(project, ".next/server/server-reference-manifest.json"), "utf8"),
  ) as Manifest;
  const built = Object.entries(manifest.node).filter(([, { filename = "" }]) => filename.startsWith(`${root}/`));
  const files = readdirSync(join(project, root), { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith("actions.ts"),
  );
  const read = await Promise.all(files.map((path) => actionsIn(`${root}/${path}`)));
  const actions = read.flat().flatMap((one) => {
    const [id] = built.find(([, of]) => of.filename === one.file && of.exportedName === one.name) ?? [];
    return id ? [{ ...one, id }] : [];
  });
  if (actions.length !== built.length)
    throw new Error(`${built.length} actions are built, ${actions.length} were read.`);
  return actions;
}

async function actionsIn(file: string): Promise<Omit<OwnerAction, "id">[]> {
  const source = readFileSync(join(project, file), "utf8");
  const modules = [...source.matchAll(/import \{([^}]*)\} from "(#core\/[^"]+)"/g)];
  const folder = file
    .slice(root.length + 1)
    .split("/")
    .slice(0, -1)
    .join("/");
  const hasPage = folder === "tokens" || readdirSync(join(project, root, folder)).includes("page.tsx");
  const found = [...source.matchAll(/export const (\w+) = action\((\w+),/g)];
  return Promise.all(
    found.map(async ([, name = "", useCase = ""]) => {
      const path = modules.find(([, names = ""]) => names.split(/[\s,]+/).includes(useCase))?.[2] ?? "";
      const loaded = (await import(path)) as Record<string, UseCase>;
      const input = loaded[useCase]?.input;
      const fields = input && "shape" in input ? Object.keys(input.shape as object) : [];
      return { name, file, page: hasPage ? `/${folder}` : "", fields };
    }),
  );
}

/** What a form field is filled with, whatever the action. Fields that are not here are left out, as optional ones may be. */
const filled: Record<string, string> = {
  kind: "refused_share",
  thresholdPercent: "77",
  cooldownSeconds: "3600",
  name: "taken over",
  purpose: "To see whether it can be",
  contactEmail: "contact@example.com",
  email: "guest@example.com",
  domain: "acme.example",
  role: "viewer",
  cause: "A loop without a pause.",
  changed: "It waits between calls.",
  prevention: "A test holds it to that.",
  text: "A text that is long enough.",
  startsAt: new Date(Date.now() + 3_600_000).toISOString(),
  endsAt: new Date(Date.now() + 7_200_000).toISOString(),
  reason: "A reason to do it",
  value: "5000000",
  scopes: "email:send",
  overlapHours: "1",
  capPerDay: "1000",
  url: "https://receiver.invalid/hook",
};
const lists = ["scopes"];
/** What a form names otherwise than the use case. */
const typedAs: Record<string, [name: string, value: string]> = {
  allowedNetworks: ["_networks", "198.51.100.0/24"],
  value: ["_limit", "quota"],
};

/** Posts the form of an action as its page does. The code is that of the refusal, or `ok`. */
export async function post(
  request: APIRequestContext,
  action: OwnerAction,
  { on, account, ids }: { on: string; account: string; ids: Record<string, string> },
): Promise<{ code: string; text: string }> {
  const values = { ...filled, ...ids };
  const form = Object.entries(values).filter(([field]) => action.fields.includes(field));
  // In the order a browser sends: the reference to the form comes after its fields, or the form is read while it is empty.
  const multipart = new FormData();
  multipart.append("_1_account", account);
  for (const [field, value] of form) multipart.append(`_1_${field}${lists.includes(field) ? "[]" : ""}`, value);
  for (const [field, [name, value]] of Object.entries(typedAs))
    if (action.fields.includes(field)) multipart.append(`_1_${name}`, value);
  multipart.append("0", '["$K1"]');
  const answer = await request.post(`${running().webUrl}/a/${on}${action.page}`, {
    headers: { "next-action": action.id, origin: running().webUrl, accept: "text/x-component" },
    multipart,
  });
  const text = await answer.text();
  const [, status, code] = text.match(/"status":"(ok|error)"(?:,"code":"(\w+)")?/) ?? [];
  return { code: status === "ok" ? "ok" : (code ?? `HTTP ${answer.status()}`), text };
}
