import { ButtonLink } from "#components/ui/button-link.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { investigate } from "#core/investigate/investigate.ts";
import { OpenCase } from "./open-case.tsx";

type Accounts = Awaited<ReturnType<typeof investigate>>["chosen"]["accounts"];

/** Where to go on with the accounts that the view is narrowed to. */
export function ChosenAccounts({ accounts }: { accounts: Accounts }) {
  const [first] = accounts;
  if (!first) return null;
  if (accounts.length > 1) {
    const ids = new URLSearchParams(accounts.map(({ id }) => ["account", id]));
    return (
      <Panel title={`${accounts.length} accounts`}>
        <ButtonLink href={`/staff/actions/batch?${ids}`} prefetch={false}>
          Act on all {accounts.length}
        </ButtonLink>
      </Panel>
    );
  }
  return (
    <Panel title={first.name}>
      <div className="flex flex-wrap items-end gap-3">
        <ButtonLink href={`/staff/accounts/${first.id}`}>Open the account</ButtonLink>
        {first.openCaseId ? (
          <ButtonLink href={`/staff/cases/${first.openCaseId}`}>Open its case</ButtonLink>
        ) : (
          <OpenCase accountId={first.id} />
        )}
      </div>
    </Panel>
  );
}
