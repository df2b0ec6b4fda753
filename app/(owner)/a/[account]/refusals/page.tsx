import { ShieldX } from "lucide-react";
import type { Metadata } from "next";
import { z } from "zod";
import { memberPageCtx } from "#app/_lib/context.ts";
import { paramText } from "#app/_lib/param.ts";
import { Button } from "#components/ui/button.tsx";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Select } from "#components/ui/select.tsx";
import { timeOrText } from "#core/frame/given-as-text.ts";
import { decisionCodes } from "#core/rules/vocabulary.ts";
import { listTokenNames } from "#core/tokens/list-token-names.ts";
import { listRefusals } from "#core/usage/list-refusals.ts";
import * as words from "#words/words.ts";
import { OwnerMain } from "../_frame/owner-main.tsx";
import { RefreshOnUse } from "../_frame/refresh-on-use.tsx";
import { RefusalList } from "./refusal-list.tsx";

export const metadata: Metadata = { title: "Refusals" };

const query = z.object({
  code: z.enum(decisionCodes).optional().catch(undefined),
  token: z.uuid().optional().catch(undefined),
  receipt: paramText(80).optional().catch(undefined),
  at: timeOrText().optional().catch(undefined),
  after: paramText(80).optional().catch(undefined),
});

/** Each comes with what to do about it, which makes it long. */
const partSize = 25;

type PageProps = { params: Promise<{ account: string }>; searchParams: Promise<unknown> };

export default async function RefusalsPage({ params, searchParams }: PageProps) {
  const { account } = await params;
  const ctx = await memberPageCtx(account);
  const { code, token, receipt, at, after } = query.parse(await searchParams);
  const [tokens, { refusals, next }] = await Promise.all([
    listTokenNames(ctx, {}),
    listRefusals(ctx, {
      ...(code ? { code } : {}),
      ...(token ? { tokenId: token } : {}),
      ...(receipt ? { receipt } : {}),
      ...(at && after ? { before: { at, receipt: after } } : {}),
      limit: partSize,
    }),
  ]);
  const filters = { ...(code ? { code } : {}), ...(token ? { token } : {}), ...(receipt ? { receipt } : {}) };
  const isFiltered = Object.keys(filters).length > 0;
  const nextHref = next
    ? `/a/${account}/refusals?${new URLSearchParams({ ...filters, at: next.at.toISOString(), after: next.receipt })}`
    : undefined;
  return (
    <OwnerMain page="Refusals">
      {at || receipt ? null : <RefreshOnUse seconds={5} />}
      <PageHeader
        title="Refusals"
        lead="Requests refused in the last 30 days, and how to fix each. Of many identical ones, some are only counted."
      />
      <Panel flush>
        <form method="get" autoComplete="off" className="flex flex-wrap items-end gap-3 border-line border-b p-4">
          <Field name="receipt" label="Receipt" className="w-full sm:w-72">
            {(control) => <Input {...control} defaultValue={receipt} placeholder="rcp_…" className="font-mono" />}
          </Field>
          <Field name="code" label="Reason">
            {(control) => (
              <Select
                {...control}
                defaultValue={code ?? ""}
                options={[
                  { value: "", label: "Any" },
                  ...decisionCodes
                    .filter((one) => one !== "allowed")
                    .map((value) => ({ value, label: words.decisions[value].title })),
                ]}
              />
            )}
          </Field>
          <Field name="token" label="Token">
            {(control) => (
              <Select
                {...control}
                defaultValue={token ?? ""}
                options={[{ value: "", label: "Any" }, ...tokens.map(({ id, name }) => ({ value: id, label: name }))]}
              />
            )}
          </Field>
          <Button type="submit">Filter</Button>
          {isFiltered ? (
            <ButtonLink href={`/a/${account}/refusals`} variant="ghost">
              Clear
            </ButtonLink>
          ) : null}
        </form>
        {refusals.length === 0 ? (
          <EmptyState icon={<ShieldX />} title={isFiltered ? "No matching refusals" : "No refusals"}>
            {isFiltered
              ? "Clear the filter to see all. A receipt can be found for 30 days, from a second or two after the refusal."
              : "Refused requests appear here with the limit that was hit and how to fix it."}
          </EmptyState>
        ) : (
          <RefusalList account={account} refusals={refusals} open={Boolean(receipt)} />
        )}
        <Pagination
          label="Pages of refusals"
          {...(at ? { previousHref: `/a/${account}/refusals?${new URLSearchParams(filters)}` } : {})}
          {...(nextHref ? { nextHref } : {})}
        />
      </Panel>
    </OwnerMain>
  );
}
