import type { Metadata } from "next";
import { z } from "zod";
import { staffPageCtx } from "#app/_lib/context.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { BatchForm } from "./batch-form.tsx";

export const metadata: Metadata = { title: "Act on several accounts" };

const ids = z.array(z.uuid()).max(200);
const params = z.object({
  account: z
    .union([z.string().transform((one) => [one]), z.array(z.string())])
    .pipe(ids)
    .catch([]),
});

export default async function NewBatchPage({ searchParams }: { searchParams: Promise<unknown> }) {
  const ctx = await staffPageCtx();
  const { account } = params.parse(await searchParams);
  const accountIds = [...new Set(account)];
  return (
    <ShellMain crumbs={[{ label: "Actions", href: "/staff/actions" }, { label: "Several accounts" }]}>
      <PageHeader
        title={`Act on ${accountIds.length === 1 ? "1 account" : `${accountIds.length} accounts`}`}
        lead="One action, one text, undone as one. You review the affected accounts before anything happens."
      />
      {accountIds.length === 0 ? (
        <Panel>
          <EmptyState title="No accounts selected">
            Select accounts in the <TextLink href="/staff/accounts">list of accounts</TextLink> or in the{" "}
            <TextLink href="/staff/cases">queue</TextLink>, then choose “Act on selected”.
          </EmptyState>
        </Panel>
      ) : (
        <BatchForm accountIds={accountIds} nowMs={ctx.now.getTime()} />
      )}
    </ShellMain>
  );
}
