import type { Sql, TransactionSql } from "postgres";

type Body = (tx: TransactionSql) => unknown;

/**
 * Ends a transaction with its connection. The driver (postgres 3.4) lets it go on: its next statements and its commit would run on
 * the connection that comes in its place, outside of any transaction or within another one, or break it for all who get it later.
 */
export function endWithConnection(sql: Sql): void {
  const begin = sql.begin as (options: string, body: Body) => Promise<unknown>;
  const guarded = (...args: [Body] | [string, Body]): Promise<unknown> => {
    const [options, body] = args.length === 1 ? ["", args[0]] : args;
    let isOver = false;
    const ended = begin(options, (tx) => settledUnless(() => isOver, body(refusing(tx, () => isOver))));
    return ended.catch((error: unknown) => {
      isOver = true;
      throw error;
    });
  };
  sql.begin = guarded as Sql["begin"];
}

/** What the body came to, which the driver answers with a commit or a rollback; never, when there is nothing left to end. */
function settledUnless(isOver: () => boolean, outcome: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    Promise.resolve(outcome).then(
      (value) => isOver() || resolve(value),
      // A statement that fails because the connection closes is told of it before the transaction is.
      (error: unknown) => setImmediate(() => isOver() || reject(error)),
    );
  });
}

function refusing(tx: TransactionSql, isOver: () => boolean): TransactionSql {
  const refuse = (): void => {
    if (isOver())
      throw Object.assign(new Error("The transaction's connection has ended."), { code: "CONNECTION_CLOSED" });
  };
  return new Proxy(tx, {
    apply: (target, self, args) => {
      refuse();
      return Reflect.apply(target, self, args);
    },
    get: (target, name) => {
      refuse();
      return Reflect.get(target, name);
    },
  });
}
