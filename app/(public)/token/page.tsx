import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { z } from "zod";
import { findView, tokenViewCtx } from "#app/_lib/context.ts";
import { ProductMark } from "#app/_parts/product-mark.tsx";
import { StandingBadge } from "#app/_parts/standing-badge.tsx";
import { RefusalList } from "#app/(owner)/a/[account]/refusals/refusal-list.tsx";
import { CheckPanel } from "#app/(owner)/a/[account]/tokens/[token]/check-panel.tsx";
import { UsageChart } from "#app/(owner)/a/[account]/usage/usage-chart.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import { readTokenView } from "#core/tokens/read-token-view.ts";
import * as words from "#words/words.ts";
import { endTokenViewAction } from "./actions.ts";
import { askGate, question } from "./ask-gate.ts";
import { StandingPanel } from "./standing-panel.tsx";
import { TokenCalls, TokenLimits } from "./token-panels.tsx";

export const metadata: Metadata = { title: "Token" };

/** One token, to whoever has shown its secret: nothing of its account besides, and nothing to change. */
export default async function TokenViewPage({ searchParams }: { searchParams: Promise<unknown> }) {
  const view = await findView();
  if (!view) redirect("/sign-in/token");
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-4xl flex-col gap-5 px-4 py-6 sm:px-6">
      <header className="-mx-2 flex">
        <ProductMark name="Gatehouse" href="/token" />
      </header>
      <main id="main" className="flex flex-col gap-5">
        {view.stop ? (
          <EmptyState heading="h1" title={`“${view.of.name}” does not work`}>
            {words.secretStopped(view.stop)} <TextLink href="/sign-in/token">Sign in with another</TextLink>.
          </EmptyState>
        ) : (
          <TokenView asked={question.parse(await searchParams)} until={view.expiresAt} />
        )}
      </main>
    </div>
  );
}

async function TokenView({ asked, until }: { asked: z.output<typeof question>; until: Date }) {
  const ctx = await tokenViewCtx();
  if (!ctx) redirect("/sign-in/token");
  const [{ standing, use }, answer] = await Promise.all([
    readTokenView(ctx, asked.receipt ? { receipt: asked.receipt } : {}),
    askGate(ctx, asked),
  ]);
  return (
    <>
      <PageHeader
        title={ctx.of.name}
        badge={<StandingBadge standing={standing.standing} />}
        lead={
          <>
            You can see this token until <ZonedTime at={until.toISOString()} style="time" />. To change it, sign in to
            its account.
          </>
        }
        actions={
          <form action={endTokenViewAction}>
            <Button type="submit">Sign out</Button>
          </form>
        }
      />
      <StandingPanel standing={standing} />
      {use ? (
        <>
          <TokenLimits use={use} />
          <UsageChart series={use.series} title="Requests, last 24 hours" />
          <CheckPanel
            asked={{ way: asked.way ?? "GET", path: asked.path ?? "/", from: asked.from ?? ctx.ip ?? "" }}
            check={answer.check}
            fault={answer.fault}
          />
          <Panel id="refusals" title="Refusals" aside="last 30 days, newest first" flush>
            <form method="get" action="#refusals" className="flex items-end gap-2 px-4 pb-3">
              <Field name="receipt" label="Receipt" optional>
                {(control) => (
                  <Input {...control} defaultValue={asked.receipt ?? ""} className="font-mono" maxLength={80} />
                )}
              </Field>
              <Button type="submit">Find</Button>
            </form>
            {use.refusals.length > 0 ? (
              <RefusalList refusals={use.refusals} open={asked.receipt !== undefined} />
            ) : (
              <p className="px-4 pb-3 text-ink-2">
                {asked.receipt ? "No refusal of this token has this receipt." : "No request of this token was refused."}
              </p>
            )}
          </Panel>
          <TokenCalls use={use} />
        </>
      ) : null}
    </>
  );
}
