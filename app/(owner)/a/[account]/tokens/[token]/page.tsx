import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { memberPageCtx } from "#app/_lib/context.ts";
import { foundOr404 } from "#app/_lib/found.ts";
import { paramText } from "#app/_lib/param.ts";
import { AuditTable } from "#app/_parts/audit-table.tsx";
import { TokenStateBadge } from "#app/_parts/token-state-badge.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { Ctx } from "#core/frame/context.ts";
import { AppError } from "#core/frame/errors.ts";
import { can } from "#core/frame/permissions.ts";
import { env } from "#core/runtime/env.ts";
import { checkToken, type TokenCheck } from "#core/tokens/check-token.ts";
import { getRotation } from "#core/tokens/get-rotation.ts";
import { getToken } from "#core/tokens/get-token.ts";
import { listTokenHistory } from "#core/tokens/list-token-history.ts";
import { getUsageSeries } from "#core/usage/get-usage-series.ts";
import { OwnerMain } from "../../_frame/owner-main.tsx";
import { RefreshOnUse } from "../../_frame/refresh-on-use.tsx";
import { UsageChart } from "../../usage/usage-chart.tsx";
import { readChoices } from "../read-choices.ts";
import { TokenMenu } from "../token-menu.tsx";
import { type Asked, CheckPanel } from "./check-panel.tsx";
import { EditToken } from "./edit-token.tsx";
import { RotateToken } from "./rotate-token.tsx";
import { RotationPanel } from "./rotation-panel.tsx";
import { TokenFacts, TokenNetworks } from "./token-facts.tsx";
import { Calls, ScopesInUse } from "./token-use.tsx";

type PageProps = { params: Promise<{ account: string; token: string }>; searchParams: Promise<unknown> };

const readToken = cache(async (slug: string, tokenId: string) => {
  const ctx = await memberPageCtx(slug);
  return { ctx, token: await foundOr404(() => getToken(ctx, { tokenId })) };
});

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { account, token: id } = await params;
  return { title: (await readToken(account, id)).token.name };
}

const question = z.object({
  way: paramText(20).optional().catch(undefined),
  path: paramText(2_000).optional().catch(undefined),
  from: paramText(45).optional().catch(undefined),
});

export default async function TokenPage({ params, searchParams }: PageProps) {
  const { account, token: id } = await params;
  const { ctx, token } = await readToken(account, id);
  const asked = question.parse(await searchParams);
  const tokenId = token.id;
  if (tokenId !== id) notFound();
  const [choices, rotation, series, history, answer] = await Promise.all([
    readChoices(ctx),
    getRotation(ctx, { tokenId }),
    getUsageSeries(ctx, { range: "24h", tokenId }),
    listTokenHistory(ctx, { tokenId }),
    ask(ctx, tokenId, asked),
  ]);
  const mayWrite = can(ctx.actor, "tokens:write");
  const isLive = mayWrite && token.state !== "revoked";
  const first = firstCall(choices.routes, token.scopes);
  const shown: Asked = {
    way: asked.way ?? first.way,
    path: asked.path ?? first.path,
    from: asked.from ?? ctx.ip ?? "",
  };
  return (
    <OwnerMain page={token.name} under={{ label: "Tokens", href: `/a/${account}/tokens` }}>
      <RefreshOnUse seconds={5} />
      <PageHeader
        title={token.name}
        badge={<TokenStateBadge token={token} />}
        lead={token.revokedReason ?? undefined}
        actions={
          <>
            {isLive ? (
              <>
                <EditToken
                  account={account}
                  tokenId={tokenId}
                  version={token.version}
                  values={token}
                  choices={choices}
                />
                <RotateToken account={account} token={token} routes={choices.routes} gateUrl={env().GATE_URL} />
              </>
            ) : null}
            <TokenMenu row={{ ...token, account, mayWrite }} />
          </>
        }
      />
      {isLive && token.cutRights.length > 0 ? (
        <Banner meaning="warning" title="Some of this token's rights in Gatehouse do not work.">
          Whoever created or last rotated it may no longer use {token.cutRights.join(", ")}. Calls through the gate are
          not affected. Rotate the token to make the rights yours, or take them away.
        </Banner>
      ) : null}
      {token.isPausedByProvider ? (
        <Banner meaning="warning" title="The provider has paused this token.">
          Calls with it are refused with token_paused. <TextLink href={`/a/${account}/standing`}>The standing</TextLink>{" "}
          says why, and what ends it.
        </Banner>
      ) : null}
      {rotation ? (
        <RotationPanel
          rotation={rotation}
          state={token.state}
          act={isLive ? { account, tokenId, version: token.version } : null}
        />
      ) : null}
      <div className="grid items-start gap-4 xl:grid-cols-[5fr_4fr]">
        <TokenFacts token={token} scopes={choices.scopes} />
        <div className="flex min-w-0 flex-col gap-4">
          <TokenNetworks token={token} />
          <ScopesInUse token={token} account={account} mayWrite={isLive} />
        </div>
      </div>
      <CheckPanel asked={shown} check={answer.check} fault={answer.fault} />
      <UsageChart series={series} title="Requests, last 24 hours" />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <Calls token={token} account={account} />
        <Panel title="History" flush>
          <AuditTable rows={history} />
        </Panel>
      </div>
    </OwnerMain>
  );
}

/** What the gate would answer; what was wrongly asked is said in words. */
async function ask(
  ctx: Ctx,
  tokenId: string,
  { way = "GET", path, from }: z.output<typeof question>,
): Promise<{ check: TokenCheck | null; fault: string | null }> {
  if (path === undefined) return { check: null, fault: null };
  const isHttp = way !== "smtp" && way !== "inbound";
  try {
    const check = await checkToken.fromUnknown(ctx, {
      tokenId,
      ...(isHttp ? { method: way, path } : { surface: way, method: "*", path: "/" }),
      ...(from ? { ip: from } : {}),
    });
    return { check, fault: null };
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid")
      return { check: null, fault: error.fields.ip ?? error.message };
    throw error;
  }
}

type Route = { surface: string; method: string; path: string; scope: string | null };

/** A call that the token is made for, to begin with. */
function firstCall(routes: readonly Route[], scopes: readonly string[]): { way: string; path: string } {
  const mine = routes.find((route) => route.surface === "http" && route.scope !== null && scopes.includes(route.scope));
  return {
    way: !mine || mine.method === "*" ? "GET" : mine.method,
    path: (mine?.path ?? "/").replaceAll("/**", "/x").replaceAll(/\{[^}]*\}/g, "1"),
  };
}
