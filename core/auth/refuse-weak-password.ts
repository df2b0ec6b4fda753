import type { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { eq } from "drizzle-orm";
import { account, member } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import * as words from "#words/words.ts";
import type { Ctx } from "../frame/context.ts";
import { invalid } from "../frame/errors.ts";
import { personalContext } from "../rules/people/personal-context.ts";
import { mailFrom, publicUrl } from "../runtime/env.ts";

/**
 * Guesses that an attacker needs who tries the likely first, as zxcvbn estimates them: its highest step, "very unguessable" (Wheeler,
 * USENIX Security 2016). Twelve random letters and any four words are far above it.
 */
const fewestGuesses = 1e10;
/**
 * The estimate holds up every other request: up to 60 ms for 32 characters made for it, and it grows faster than their number. So of a
 * longer text the beginning is read, and where that is guessed early the end: the whole is guessed no earlier than either.
 */
const mostRead = 32;

let loading: Promise<ZxcvbnFactory> | undefined;

/** The 49,000 most common passwords, 7,776 words and the keyboards: some 10 MB, so they are loaded when the first is asked for. */
async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
  ]);
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
}

type Person = {
  email: string;
  name?: string | null;
  /** The account that they are about to join. */
  accountName?: string | null;
};

/**
 * Throws `invalid` for a new password that is guessed early: common ones and small changes of them, words of the person, their
 * accounts, the product and the provider, repeats, sequences and rows of keys. Says which, and what to do.
 */
export async function refuseWeakPassword(ctx: Ctx, field: string, password: string, person: Person): Promise<void> {
  const found = await weaknessOf(password, personalContext(await textsAbout(ctx, person)));
  if (found !== null) throw invalid(field, words.errors.weakPassword[found]);
}

/** Why a password is guessed early; null = it is not. */
export async function weaknessOf(
  password: string,
  context: string[],
): Promise<keyof typeof words.errors.weakPassword | null> {
  loading ??= load();
  const zxcvbn = await loading;
  const { guesses, sequence } = zxcvbn.check(password.slice(0, mostRead), context);
  if (guesses >= fewestGuesses) return null;
  const end = password.slice(mostRead).slice(-mostRead);
  if (end !== "" && zxcvbn.check(end, context).guesses >= fewestGuesses) return null;
  if (sequence.some(({ dictionaryName }) => dictionaryName === "userInputs")) return "context";
  if (sequence.some(({ pattern }) => ["repeat", "sequence", "spatial"].includes(pattern))) return "pattern";
  return sequence.some(({ pattern }) => pattern === "dictionary") ? "common" : "short";
}

async function textsAbout(ctx: Ctx, { email, name, accountName }: Person): Promise<string[]> {
  const accounts = await ctx.db
    .select({ name: account.name })
    .from(user)
    .innerJoin(member, eq(member.userId, user.id))
    .innerJoin(account, eq(account.id, member.accountId))
    .where(eq(user.email, email))
    .limit(50);
  return [
    email,
    name ?? "",
    accountName ?? "",
    ...accounts.map((one) => one.name),
    "Gatehouse",
    new URL(publicUrl()).hostname,
    mailFrom(),
  ];
}
