import { Building2 } from "lucide-react";
import type { Metadata } from "next";
import { z } from "zod";
import { staffPageCtx } from "#app/_lib/context.ts";
import { paramText } from "#app/_lib/param.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { SearchInput } from "#components/ui/search-input.tsx";
import { SegmentedLinks } from "#components/ui/segmented.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { listAccounts } from "#core/accounts/list-accounts.ts";
import { can } from "#core/frame/permissions.ts";
import { getProvider } from "#core/provider/get-provider.ts";
import { ActOnSelected } from "../../_action/act-on-selected.tsx";
import { AccountTable } from "../account-table.tsx";
import { OpenAccount } from "../open-account.tsx";

export const metadata: Metadata = { title: "Accounts" };

const sorts = ["requests", "name", "newest"] as const;
const params = z.object({
  q: paramText(100).catch(""),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
  sort: z.enum(sorts).catch("requests"),
});

export default async function AccountsPage({ searchParams }: { searchParams: Promise<unknown> }) {
  const ctx = await staffPageCtx();
  const { q, page, sort } = params.parse(await searchParams);
  const { accounts, total, pageSize } = await listAccounts(ctx, { search: q, page, sort });
  const href = (change: Partial<{ page: number; sort: string }>) =>
    `/staff/accounts?${new URLSearchParams({ q, page: String(change.page ?? 1), sort: change.sort ?? sort })}`;
  const last = Math.min(page * pageSize, total);
  return (
    <ShellMain crumbs={[{ label: "Accounts" }]}>
      <PageHeader
        title="Accounts"
        lead="All customers, with today's requests (UTC) and standing."
        actions={can(ctx.actor, "account:create") ? <OpenAccount plans={(await getProvider(ctx, {})).plans} /> : null}
      />
      <Panel flush>
        <div className="flex flex-wrap items-center justify-between gap-3 border-line border-b p-3">
          <SearchInput
            label="Find by name, member's e-mail or token preview"
            placeholder="Name, e-mail, gth_…a1B2"
            defaultValue={q}
            keep={{ sort }}
          />
          <SegmentedLinks
            label="Order"
            items={sorts.map((one) => ({
              href: href({ sort: one }),
              label: { requests: "Busiest today", name: "By name", newest: "Newest" }[one],
              active: one === sort,
            }))}
          />
        </div>
        {accounts.length === 0 ? (
          <EmptyState icon={<Building2 />} title={q === "" ? "No accounts yet" : "No matching accounts"}>
            {q === "" ? "Accounts appear here when they are created." : `No account, member or token matches “${q}”.`}
          </EmptyState>
        ) : (
          <ActOnSelected>
            <AccountTable rows={accounts} />
          </ActOnSelected>
        )}
        <Pagination
          label="Pages of accounts"
          summary={total === 0 ? "" : `${(page - 1) * pageSize + 1}–${last} of ${total}`}
          {...(page > 1 ? { previousHref: href({ page: page - 1 }) } : {})}
          {...(last < total ? { nextHref: href({ page: page + 1 }) } : {})}
        />
      </Panel>
    </ShellMain>
  );
}
