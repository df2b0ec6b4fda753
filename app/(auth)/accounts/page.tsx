import { ChevronRight } from "lucide-react";
import type { Metadata } from "next";
import { userPageCtx } from "#app/_lib/context.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Link } from "#components/ui/link.tsx";
import { listMyAccounts } from "#core/accounts/list-my-accounts.ts";
import * as words from "#words/words.ts";
import { signOutAction } from "../actions.ts";

export const metadata: Metadata = { title: "Accounts" };

export default async function AccountsPage() {
  const ctx = await userPageCtx();
  const accounts = await listMyAccounts(ctx, {});
  return (
    <section className="rounded-lg border border-line bg-panel p-6">
      <h1 className="mb-3 text-lg font-semibold">Choose an account</h1>
      {accounts.length === 0 ? (
        <EmptyState title="No accounts yet">
          Ask an account owner for an invitation link, then open it to join.
        </EmptyState>
      ) : null}
      <ul className="-mx-2">
        {accounts.map((account) => (
          <li key={account.id}>
            <Link
              href={`/a/${account.slug}`}
              className="flex items-center justify-between rounded-md px-2 py-2 hover:bg-sunk"
            >
              <span>
                <span className="font-medium">{account.name}</span>{" "}
                <span className="text-ink-3">{words.role(account.role)}</span>
              </span>
              <ChevronRight aria-hidden className="size-4 text-ink-3" />
            </Link>
          </li>
        ))}
      </ul>
      <form action={signOutAction} className="mt-4">
        <Button type="submit">Sign out</Button>
      </form>
    </section>
  );
}
