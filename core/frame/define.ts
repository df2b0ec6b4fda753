import type { z } from "zod";
import type { Database, Transaction } from "#db/client.ts";
import * as words from "#words/words.ts";
import type { Fact } from "../facts/fact.ts";
import { appendAudit } from "./append-audit.ts";
import { cleanInput } from "./clean-input.ts";
import type { Ctx, Pending } from "./context.ts";
import { AppError, type FieldErrors } from "./errors.ts";
import { inputError } from "./input-error.ts";
import { authorize, type Permission } from "./permissions.ts";
import { record } from "./record.ts";
import { refuseAfterTermination } from "./refuse-after-termination.ts";
import { requireProof } from "./require-proof.ts";
import { sealCaseEvents } from "./seal-case-events.ts";

type Definition<Input extends z.ZodType, Result, Db> = {
  /** Required: a use case that does not say who may call it does not compile. */
  permission: Permission;
  /** Every door parses with it. */
  input: Input;
  /**
   * What a stolen session must not do: a person proves again that it is them, if they have not within 15 minutes. A function says for
   * which input.
   */
  needsProof?: true | ((input: z.output<Input>) => boolean);
  run: (ctx: Ctx & { db: Db }, input: z.output<Input>) => Promise<Result>;
};

type CommandDefinition<Input extends z.ZodType, Result, Prepared> = Omit<
  Definition<Input, Result, Transaction>,
  "run"
> & {
  /**
   * Slow work before the transaction is opened, like hashing a password: meanwhile it holds no connection and no lock. What it has read
   * can be stale by then, so `run` checks it again. Such a command joins no other command's transaction.
   */
  prepare?: (ctx: Ctx, input: z.output<Input>) => Promise<Prepared>;
  run: (ctx: Ctx & { db: Transaction }, input: z.output<Input>, prepared: Prepared) => Promise<Result>;
  /**
   * Required: what has happened, recorded in the same transaction. Null only when nothing was changed; `recordedInRun` where `run`
   * records it itself.
   */
  happened: ((input: z.output<Input>, result: Result, ctx: Ctx) => Fact | null) | typeof recordedInRun;
};

/** Says that `run` calls `record` for all that it does. A command that says so and records nothing is rolled back. */
export const recordedInRun = Symbol("recorded in run");

export type UseCase<Input extends z.ZodType = z.ZodType, Result = unknown> = {
  (ctx: Ctx, input: z.input<Input>): Promise<Result>;
  /** The same for what comes from outside and has no type yet. */
  fromUnknown: (ctx: Ctx, input: unknown) => Promise<Result>;
  kind: "query" | "command";
  permission: Permission;
  input: Input;
};

/** A use case that only reads. Order: authorize, parse, prove, run. */
export function query<Input extends z.ZodType, Result>(
  definition: Definition<Input, Result, Ctx["db"]>,
): UseCase<Input, Result> {
  const fromUnknown = async (ctx: Ctx, raw: unknown) => {
    authorize(ctx.actor, definition.permission);
    const input = parse(definition.input, raw);
    if (isDangerous(definition, input)) await requireProof(ctx);
    return definition.run(ctx, input);
  };
  return Object.assign((ctx: Ctx, input: z.input<Input>) => fromUnknown(ctx, input), {
    fromUnknown,
    kind: "query" as const,
    permission: definition.permission,
    input: definition.input,
  });
}

/**
 * A use case that changes something. Order, always: authorize, parse, prove, prepare, open or join the transaction, run, record, commit. Members of an
 * account that is terminated find most of it closed, whatever the use case.
 * A command called inside another joins its transaction and records its own fact; if it fails, all of it rolls back.
 */
export function command<Input extends z.ZodType, Result, Prepared = undefined>(
  definition: CommandDefinition<Input, Result, Prepared>,
): UseCase<Input, Result> {
  const fromUnknown = async (ctx: Ctx, raw: unknown) => {
    authorize(ctx.actor, definition.permission);
    const input = parse(definition.input, raw);
    if (isDangerous(definition, input)) await requireProof(ctx);
    if (definition.prepare && ctx.pending) throw new Error("A command that prepares joins no transaction.");
    // Without `prepare` its type is the default, undefined.
    const prepared = (await definition.prepare?.(ctx, input)) as Prepared;
    return transact(ctx, (inner) => perform(definition, inner, inner.pending, { input, prepared }));
  };
  return Object.assign((ctx: Ctx, input: z.input<Input>) => fromUnknown(ctx, input), {
    fromUnknown,
    kind: "command" as const,
    permission: definition.permission,
    input: definition.input,
  });
}

function isDangerous<Input extends z.ZodType>(
  { needsProof }: { needsProof?: true | ((input: z.output<Input>) => boolean) },
  input: z.output<Input>,
): boolean {
  return typeof needsProof === "function" ? needsProof(input) : needsProof === true;
}

/** A context inside a transaction, with what is to be written just before its commit. */
export type TransactCtx = Ctx & { db: Transaction; pending: Pending };

/** Opens a transaction, or joins the one the context is in; the outermost writes the audit rows of all, last thing before its commit. */
export async function transact<Result>(ctx: Ctx, run: (inner: TransactCtx) => Promise<Result>): Promise<Result> {
  if (ctx.pending) return run({ ...ctx, db: ctx.db as Transaction, pending: ctx.pending });
  return (ctx.db as Database).transaction(async (tx) => {
    const pending: Pending = { audit: [], caseEvents: [] };
    const inner = { ...ctx, db: tx, pending };
    const result = await run(inner);
    await appendAudit(tx, inner, sealCaseEvents(pending, ctx.actor));
    return result;
  });
}

class TakenBack<Result> extends Error {
  constructor(readonly result: Result) {
    super("taken back");
  }
}

/** A dry run: does everything, with every check, and takes it back. The result is the real one, and nothing has happened. */
export async function rehearse<Result>(ctx: Ctx, run: (inner: TransactCtx) => Promise<Result>): Promise<Result> {
  try {
    return await transact<Result>(ctx, async (inner) => {
      throw new TakenBack(await run(inner));
    });
  } catch (error) {
    if (error instanceof TakenBack) return error.result as Result;
    throw error;
  }
}

async function perform<Input extends z.ZodType, Result, Prepared>(
  definition: CommandDefinition<Input, Result, Prepared>,
  ctx: Ctx & { db: Transaction },
  pending: Pending,
  { input, prepared }: { input: z.output<Input>; prepared: Prepared },
): Promise<Result> {
  await refuseAfterTermination(ctx, definition.permission);
  const before = pending.audit.length;
  const result = await definition.run(ctx, input, prepared);
  if (definition.happened === recordedInRun) {
    if (pending.audit.length === before) throw new Error(`A command for ${definition.permission} recorded nothing.`);
    return result;
  }
  const one = definition.happened(input, result, ctx);
  if (one) await record(ctx, one);
  return result;
}

/** Cleans and parses what comes from outside. Throws `invalid` with every field that is wrong and what to do. */
export function parse<Input extends z.ZodType>(schema: Input, raw: unknown): z.output<Input> {
  const { cleaned, withUnseen } = cleanInput(raw);
  const fields: FieldErrors = Object.fromEntries(withUnseen.map((path) => [path, words.unseenCharacter]));
  const parsed = schema.safeParse(cleaned, { error: inputError });
  if (parsed.success && withUnseen.length === 0) return parsed.data;
  for (const issue of parsed.error?.issues ?? []) {
    if (issue.code === "unrecognized_keys") for (const key of issue.keys) fields[key] ??= words.noSuchField;
    else fields[issue.path.join(".")] ??= issue.message;
  }
  const [field, message] = Object.entries(fields)[0] ?? ["", words.errors.inputInvalid];
  throw new AppError("invalid", field ? `${field}: ${message}` : message, { fields });
}
