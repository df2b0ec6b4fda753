import type { Metadata } from "next";
import { z } from "zod";
import { memberPageCtx } from "#app/_lib/context.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { SearchInput } from "#components/ui/search-input.tsx";
import { SegmentedLinks } from "#components/ui/segmented.tsx";
import { env } from "#core/env.ts";
import { can } from "#core/permissions.ts";
import { getProvider } from "#core/provider/get-provider.ts";
import { tokenStates } from "#core/rules/token-state.ts";
import { listTokens } from "#core/tokens/list-tokens.ts";
import { OwnerMain } from "../_frame/owner-main.tsx";
import { readAccount } from "../_frame/read-account.ts";
import { RefreshOnUse } from "../_frame/refresh-on-use.tsx";
import { CreateToken } from "./create-token.tsx";
import { TokenTable } from "./token-table.tsx";

export const metadata: Metadata = { title: "Tokens" };

const filters = ["all", ...tokenStates] as const;
const query = z.object({
  q: z.string().max(100).catch(""),
  state: z.enum(filters).catch("all"),
  create: z.string().optional().catch(undefined),
});

type PageProps = { params: Promise<{ account: string }>; searchParams: Promise<unknown> };

export default async function TokensPage({ params, searchParams }: PageProps) {
  const { account } = await params;
  const ctx = await memberPageCtx(account);
  const { q, state, create } = query.parse(await searchParams);
  const tokens = await listTokens(ctx, {});
  const { scopes } = await getProvider(ctx, {});
  const { standing } = await readAccount(account);
  const mayWrite = can(ctx.actor, "tokens:write");
  const isRestricted = standing === "suspended" || standing === "terminated";
  const wanted = q.toLowerCase();
  const shown = tokens.filter(
    (token) =>
      (state === "all" || token.state === state) &&
      (token.name.toLowerCase().includes(wanted) || token.preview.toLowerCase().includes(wanted)),
  );
  const countOf = (one: (typeof filters)[number]) =>
    one === "all" ? tokens.length : tokens.filter((token) => token.state === one).length;
  const createButton = mayWrite ? (
    <CreateToken
      account={account}
      scopes={scopes}
      isRestricted={isRestricted}
      isOpen={create !== undefined}
      gateUrl={env().GATE_URL}
    />
  ) : null;
  return (
    <OwnerMain page="Tokens">
      <RefreshOnUse seconds={2} />
      <PageHeader
        title="Tokens"
        lead="Each client of yours should have its own: then you see what it does, and can stop it alone."
        actions={createButton}
      />
      <Panel flush>
        <div className="flex flex-wrap items-center justify-between gap-3 border-line border-b p-3">
          <SearchInput label="Find a token" placeholder="Name or preview" defaultValue={q} keep={{ state }} />
          <SegmentedLinks
            label="State"
            items={filters.map((one) => ({
              href: `/a/${account}/tokens?${new URLSearchParams({ state: one, ...(q === "" ? {} : { q }) })}`,
              label: `${one} ${countOf(one)}`,
              active: one === state,
            }))}
          />
        </div>
        <TokenTable account={account} tokens={shown} isFiltered={tokens.length > 0} mayWrite={mayWrite} />
      </Panel>
    </OwnerMain>
  );
}
