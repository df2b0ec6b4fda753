import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { currentSession, memberCtxOrNull, staffCtxOrNull, userPageCtx, visitorCtx } from "#app/_lib/context.ts";
import { foundOr404 } from "#app/_lib/found.ts";
import { AskForMoreLink } from "#app/_parts/ask-for-more-link.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { isProvidersLimit } from "#core/rules/limits/limit-request.ts";
import { explainReceipt } from "#core/usage/explain-receipt.ts";
import { findReceipt } from "#core/usage/find-receipt.ts";
import { getReceipt } from "#core/usage/get-receipt.ts";
import * as words from "#words/words.ts";
import { BudgetUse } from "./budget-use.tsx";
import { ReceiptFacts } from "./receipt-facts.tsx";
import { ReceiptFrame } from "./receipt-frame.tsx";
import { UnownedReceipt } from "./unowned-receipt.tsx";

export const metadata: Metadata = { title: "Receipt" };

/** A portal session has one account, and `getReceipt` looks there; anybody else may have several. */
async function findMine(receipt: string) {
  const portal = (await currentSession())?.portal;
  const membership = portal ? (await memberCtxOrNull(portal.accountSlug))?.membership : null;
  if (membership) return { ...membership, accountSlug: membership.slug, accountName: membership.name, isMember: true };
  return foundOr404(async () => findReceipt.fromUnknown(await userPageCtx(), { receipt }));
}

/**
 * What a refusal's answer links to. Members of the account and staff see it; for everybody else there is no such page. One of no
 * account is explained to whoever comes.
 */
export default async function ReceiptPage({ params }: { params: Promise<{ receipt: string }> }) {
  const { receipt } = await params;
  const unowned = await foundOr404(async () => explainReceipt.fromUnknown(await visitorCtx(), { receipt }));
  if (unowned) return <UnownedReceipt {...unowned} />;
  const found = await findMine(receipt);
  if (!found) notFound();
  const ctx = found.isMember ? await memberCtxOrNull(found.accountSlug) : await staffCtxOrNull();
  if (!ctx) notFound();
  const refusal = await foundOr404(() => getReceipt(ctx, { receipt }));
  const said = words.refusal(refusal);
  const account = encodeURIComponent(found.accountSlug);
  const receiptInList = `/a/${account}/refusals?receipt=${encodeURIComponent(receipt)}`;
  return (
    <ReceiptFrame>
      <PageHeader
        title={said.title}
        badge={<Badge meaning="danger">{refusal.code}</Badge>}
        lead={`A request from ${found.accountName} was refused. ${said.why}`}
        actions={
          found.isMember ? (
            <ButtonLink href={receiptInList}>All refusals</ButtonLink>
          ) : (
            <ButtonLink href={`/staff/accounts/${found.accountId}`}>The account</ButtonLink>
          )
        }
      />
      <Panel title="What to do">
        <p className="max-w-prose">
          {said.advice}{" "}
          {found.isMember && isProvidersLimit(refusal) ? (
            <AskForMoreLink
              account={account}
              endpointId={refusal.code === "quota_exceeded" ? null : (refusal.endpointId ?? null)}
            />
          ) : null}
        </p>
        {refusal.missingScope ? (
          <p className="mt-1">
            The missing scope is <code className="font-mono">{refusal.missingScope}</code>.
          </p>
        ) : null}
      </Panel>
      <Panel title="The request">
        <ReceiptFacts refusal={refusal} now={ctx.now} isMasked={!found.isMember} />
        {refusal.hasDetails ? null : (
          <p className="mt-3 max-w-prose text-ink-2">
            Path, address, client and the state of the limit are kept for the first refusals of a token, code and
            minute. This one came later in its minute; it is counted like the others.
          </p>
        )}
      </Panel>
      {refusal.budget && refusal.limiter ? <BudgetUse budget={refusal.budget} limiter={refusal.limiter} /> : null}
    </ReceiptFrame>
  );
}
