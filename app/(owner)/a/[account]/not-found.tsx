import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { OwnerMain } from "./_frame/owner-main.tsx";

/** No such page of this account, or none for this role. */
export default function OwnerNotFound() {
  return (
    <OwnerMain page="Not found">
      <Panel>
        <EmptyState heading="h1" title="Page not found" action={<ButtonLink href="/">Go to the start page</ButtonLink>}>
          The address may be mistyped, or your role cannot open this page.
        </EmptyState>
      </Panel>
    </OwnerMain>
  );
}
