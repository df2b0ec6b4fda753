import { encode } from "next-auth/jwt";
import { vi } from "vitest";
import type { Actor } from "#core/frame/context.ts";
import type { UseCase } from "#core/frame/define.ts";
import type { Database } from "#db/client.ts";
import type { ActionResult } from "./_lib/action-result.ts";
import { type Answered, takeForThisAnswer } from "./_lib/for-this-answer.ts";
import { postedFormField } from "./_lib/form.ts";

/**
 * For tests only: server actions as the browser posts them. Everything of ours runs: the check of the origin, the session's row,
 * the membership, the form. What Next gives a request is set here instead: headers, the session's cookie, where it is sent on to.
 * Actions are had from `everyAction`, which loads them after that.
 */

const posted = vi.hoisted(() => ({
  headers: new Headers(),
  sid: null as string | null,
  database: null as { db: Database } | null,
  useCases: new WeakMap<object, UseCase>(),
}));

vi.mock("server-only", () => ({}));
vi.mock("next/headers", () => ({
  headers: async () => posted.headers,
  cookies: async () => {
    const cookie = await cookieOf(posted.sid);
    return { get: () => cookie, set: () => undefined, delete: () => undefined };
  },
}));
vi.mock("next/cache", () => ({ revalidatePath: () => undefined, updateTag: () => undefined }));
vi.mock("next/navigation", () => ({
  redirect: () => undefined,
  notFound: () => {
    throw new Error("not found");
  },
}));
vi.mock("#app/_lib/database.ts", () => ({ database: () => posted.database }));
vi.mock("#app/_lib/action.ts", async (importOriginal) => {
  const real = await importOriginal<typeof import("./_lib/action.ts")>();
  const noted = <Made extends object>(make: (useCase: UseCase, options: never) => Made) => {
    return (useCase: UseCase, options: never) => {
      const made = make(useCase, options);
      posted.useCases.set(made, useCase);
      return made;
    };
  };
  return { ...real, action: noted(real.action as never), plainAction: noted(real.plainAction as never) };
});

const secret = "only-for-tests-and-at-least-32-long";
const origin = "https://desk.acme.test";
vi.stubEnv("PUBLIC_URL", origin);
vi.stubEnv("AUTH_SECRET", secret);
vi.stubEnv("DATABASE_URL", "postgres://nobody@127.0.0.1:9/none");

export type AnyAction = (form: FormData) => Promise<ActionResult<unknown> | undefined>;

/** Every exported server action on disk, as `tokens/createTokenAction` after its folder and name: a new one is here by being there. */
export async function everyAction(): Promise<Map<string, AnyAction>> {
  const found = new Map<string, AnyAction>();
  for (const [path, load] of Object.entries(import.meta.glob<Record<string, AnyAction>>("./**/actions.ts"))) {
    const folder = path.split("/").at(-2) ?? "";
    const area = /\((\w+)\)/.exec(path)?.[1] ?? "";
    for (const [name, value] of Object.entries(await load())) found.set(`${area}/${folder}/${name}`, value);
  }
  return found;
}

/** The use case an action hands its form to. */
export function commandOf(act: AnyAction): UseCase {
  const useCase = posted.useCases.get(act);
  if (!useCase) throw new Error("This is no action made by action().");
  return useCase;
}

/** Posts forms to actions on `db` as anybody. Values that are lists become `name[]`, null and undefined are left out. */
export function browser(db: Database) {
  posted.database = { db };
  // As behind the web app's own server, which writes the header.
  Object.assign(globalThis, { gatehouseWritesClientAddress: true });
  /** Whose session the next request has; a visitor and a key have none. */
  const as = (actor: Actor): void => {
    posted.sid = "sessionId" in actor ? actor.sessionId : null;
  };
  return {
    as,
    /** `actor` must have a session row, as those of core/testing.ts have; a visitor has none. `account` is the slug a member's form names. */
    post: async (
      act: AnyAction,
      actor: Actor,
      input: Record<string, unknown>,
      { account, headers }: { account?: string; headers?: Record<string, string> } = {},
    ): Promise<ActionResult<unknown>> => {
      as(actor);
      posted.headers = new Headers({ origin, "x-client-address": "203.0.113.9", ...headers });
      const form = formOf(input);
      if (account !== undefined) form.set("account", account);
      return (await act(form)) ?? { status: "ok", shown: null };
    },
    /** The same from a page without script: what the page that answers it can show. Undefined = it leads somewhere else. */
    postWithoutScript: async (act: AnyAction, actor: Actor, form: FormData): Promise<Answered | undefined> => {
      as(actor);
      const requestId = crypto.randomUUID();
      posted.headers = new Headers({ origin, "x-client-address": "203.0.113.9", "x-request-id": requestId });
      form.set(postedFormField, "the form");
      await act(form);
      return takeForThisAnswer(requestId);
    },
  };
}

/** The session's cookie as signing in writes it. */
async function cookieOf(sid: string | null): Promise<{ value: string } | undefined> {
  return sid === null ? undefined : { value: await encode({ token: { sid }, secret }) };
}

function formOf(input: Record<string, unknown>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(input)) {
    if (Array.isArray(value)) {
      form.append(`${name}[]`, "");
      for (const one of value) form.append(`${name}[]`, String(one));
    } else if (value !== null && value !== undefined) {
      form.set(name, value === true ? "on" : String(value));
    }
  }
  return form;
}
