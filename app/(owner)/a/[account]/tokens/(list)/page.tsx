import { KeyRound } from "lucide-react";
import type { Metadata } from "next";
import { z } from "zod";
import { shownOnce } from "#app/_lib/answered.ts";
import { memberPageCtx } from "#app/_lib/context.ts";
import { paramText } from "#app/_lib/param.ts";
import { ShownOncePanel } from "#app/_parts/shown-once-panel.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { SearchInput } from "#components/ui/search-input.tsx";
import { SegmentedLinks } from "#components/ui/segmented.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { can } from "#core/frame/permissions.ts";
import { env } from "#core/runtime/env.ts";
import { listTokens, type TokenRow } from "#core/tokens/list-tokens.ts";
import * as words from "#words/words.ts";
import { OwnerMain } from "../../_frame/owner-main.tsx";
import { readAccount } from "../../_frame/read-account.ts";
import { RefreshOnUse } from "../../_frame/refresh-on-use.tsx";
import { createTokenAction } from "../actions.ts";
import { CreateToken } from "../create-token.tsx";
import { FirstCall } from "../first-call.tsx";
import { readChoices } from "../read-choices.ts";
import { filterLabels, isAlwaysShown, isIn, tokenFilters } from "../token-filters.ts";
import { TokenTable } from "../token-table.tsx";

export const metadata: Metadata = { title: "Tokens" };

const query = z.object({
  q: paramText(100).catch(""),
  state: z.enum(tokenFilters).catch("all"),
});

type PageProps = { params: Promise<{ account: string }>; searchParams: Promise<unknown> };

const header = {
  title: "Tokens",
  lead: "Credentials your clients call the API with. They belong to the account and can be paused or revoked at any time.",
};

export default async function TokensPage({ params, searchParams }: PageProps) {
  const { account: slug } = await params;
  const ctx = await memberPageCtx(slug);
  const { q, state } = query.parse(await searchParams);
  const [tokens, choices, account] = await Promise.all([listTokens(ctx, {}), readChoices(ctx), readAccount(slug)]);
  // Created before any script had come, so no dialog could show it.
  const made = await shownOnce(createTokenAction);
  const mayWrite = can(ctx.actor, "tokens:write");
  const isStopped = account.standing === "suspended" || account.standing === "terminated";
  const found = tokens.filter((token) => matches(token, q.toLowerCase()));
  const rows = found
    .filter((token) => isIn(token, state, ctx.now))
    .map((token) => ({ ...token, account: slug, mayWrite, scopesKnown: choices.scopes.length }));
  const href = (one: string) => `/a/${slug}/tokens?${new URLSearchParams({ ...(q ? { q } : {}), state: one })}`;
  return (
    <OwnerMain page="Tokens">
      <RefreshOnUse seconds={2} />
      {mayWrite ? (
        <CreateToken
          account={slug}
          choices={choices}
          gateUrl={env().GATE_URL}
          refusal={isStopped ? `The account is ${words.standings[account.standing].toLowerCase()}.` : null}
          header={header}
          isMade={made !== null}
        />
      ) : (
        <PageHeader {...header} />
      )}
      <ShownOncePanel
        back={`/a/${slug}/tokens`}
        shown={
          made && {
            title: `Secret of “${made.name}”`,
            text: "Copy it now and store it safely. Only its hash is stored, so it cannot be shown again.",
            secret: made.secret,
            what: "token",
          }
        }
      />
      {isStopped && mayWrite ? (
        <p id="create-refusal" className="text-ink-2">
          No tokens can be created while the account is {words.standings[account.standing].toLowerCase()}.{" "}
          <TextLink href={`/a/${slug}/standing`}>See why, and what ends it</TextLink>.
        </p>
      ) : null}
      <Panel flush>
        {tokens.length > 0 ? (
          <div className="flex flex-wrap items-center justify-between gap-3 border-line border-b p-3">
            <SearchInput
              label="Find by name, scope or integration"
              defaultValue={q}
              {...(state === "all" ? {} : { keep: { state } })}
            />
            <SegmentedLinks
              label="State"
              items={tokenFilters
                .map((one) => ({ one, count: found.filter((token) => isIn(token, one, ctx.now)).length }))
                .filter(({ one, count }) => isAlwaysShown(one) || count > 0 || one === state)
                .map(({ one, count }) => ({
                  href: href(one),
                  label: `${filterLabels[one]} ${count}`,
                  active: one === state,
                }))}
            />
          </div>
        ) : null}
        <TokenTable
          rows={rows}
          mayWrite={mayWrite}
          filtered={tokens.length > 0}
          filteredEmpty={
            <EmptyState icon={<KeyRound />} title="No matching tokens">
              {q === ""
                ? `No token is ${filterLabels[state].toLowerCase()}.`
                : `No ${state === "all" ? "" : `${filterLabels[state].toLowerCase()} `}token matches “${q}”.`}
            </EmptyState>
          }
          empty={
            <EmptyState icon={<KeyRound />} title="No tokens yet">
              {mayWrite
                ? "Create one per client, so that you can watch, pause and revoke each separately."
                : "An owner or developer can create one."}
            </EmptyState>
          }
        />
      </Panel>
      {tokens.length === 0 && mayWrite && !isStopped ? <FirstCall slug={slug} /> : null}
    </OwnerMain>
  );
}

function matches(token: TokenRow, text: string): boolean {
  if (text === "") return true;
  return [token.name, token.preview, token.integrationName ?? "", ...token.scopes].some((one) =>
    one.toLowerCase().includes(text),
  );
}
