import { Search } from "lucide-react";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { z } from "zod";
import { staffPageCtx } from "#app/_lib/context.ts";
import { failureOf } from "#app/_lib/failure.ts";
import { paramText } from "#app/_lib/param.ts";
import { Banner } from "#components/ui/banner.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { listAccounts } from "#core/accounts/list-accounts.ts";
import type { Ctx } from "#core/frame/context.ts";
import { AppError } from "#core/frame/errors.ts";
import { investigate } from "#core/investigate/investigate.ts";
import { listInvestigations } from "#core/investigate/investigation-views.ts";
import { getProvider } from "#core/provider/get-provider.ts";
import * as words from "#words/words.ts";
import { Chips } from "./chips.tsx";
import { ChosenAccounts } from "./chosen-accounts.tsx";
import { FilterForm } from "./filter-form.tsx";
import { FoundTraffic } from "./found-traffic.tsx";
import { KeepView } from "./saved-views.tsx";
import { ViewLinks } from "./view-links.tsx";
import { hrefOf, inputOf, queryOf, type View, viewParams } from "./view-params.ts";

export const metadata: Metadata = { title: "Investigate" };

const findParam = z.object({ find: paramText(100).catch("").default("") });
/** Accounts offered when a text names several. */
const mostOffered = 20;

export default async function InvestigatePage({ searchParams }: { searchParams: Promise<unknown> }) {
  const ctx = await staffPageCtx();
  const given = await searchParams;
  const view = viewParams.parse(given);
  const { find } = findParam.parse(given);
  const offered = find === "" ? null : (await listAccounts(ctx, { search: find, sort: "name" })).accounts;
  const [only, ...others] = offered ?? [];
  if (only && others.length === 0) redirect(hrefOf(view, { account: [...new Set([...view.account, only.id])] }));
  const [{ endpoints }, views, result] = await Promise.all([
    getProvider(ctx, {}),
    listInvestigations(ctx, {}),
    read(ctx, view),
  ]);
  const chosenEndpoint = endpoints.find((one) => one.id === view.endpoint);
  const { found } = result;
  return (
    <ShellMain crumbs={[{ label: "Investigate" }]}>
      <PageHeader
        title="Investigate"
        lead="What the gates have recorded, over all accounts. Click a name to narrow the view; the address is the view, to keep and to share."
      />
      <ViewLinks views={views} current={queryOf(view)} />
      <FilterForm view={view} endpoints={endpoints} />
      {offered && offered.length !== 1 ? (
        <Offered find={find} accounts={offered.slice(0, mostOffered)} view={view} />
      ) : null}
      {found ? (
        <>
          <Chips view={view} chosen={found.chosen} endpointName={chosenEndpoint ? words.route(chosenEndpoint) : null} />
          <ChosenAccounts accounts={found.chosen.accounts} />
          <FoundTraffic found={found} view={view} />
        </>
      ) : (
        <Banner meaning="warning" title="This view cannot be shown">
          {result.refused}
        </Banner>
      )}
      <Panel title="Keep this view">
        <KeepView key={queryOf(view)} views={views} current={queryOf(view)} />
      </Panel>
    </ShellMain>
  );
}

/** What was found; or, in words, why the view cannot be shown. */
async function read(ctx: Ctx, view: View) {
  try {
    return { found: await investigate.fromUnknown(ctx, { ...inputOf(view), isWhole: view.tables === "all" }) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { found: null, refused: failureOf(error, ctx.requestId).message };
  }
}

type OfferedProps = { find: string; accounts: readonly { id: string; name: string }[]; view: View };

/** The accounts that a text can mean. */
function Offered({ find, accounts, view }: OfferedProps) {
  return (
    <Panel title={accounts.length === 0 ? `No account matches “${find}”` : `Which account is “${find}”?`}>
      {accounts.length === 0 ? (
        <p className="flex items-center gap-2 text-ink-2">
          <Search aria-hidden className="size-4" /> Try part of the name, a member’s e-mail or the end of a token.
        </p>
      ) : (
        <ul className="flex flex-wrap gap-x-4 gap-y-1">
          {accounts.map(({ id, name }) => (
            <li key={id}>
              <TextLink href={hrefOf(view, { account: [...new Set([...view.account, id])] })} prefetch={false}>
                {name}
              </TextLink>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
