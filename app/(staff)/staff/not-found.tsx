import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ShellMain } from "#components/ui/shell.tsx";

export default function StaffNotFound() {
  return (
    <ShellMain crumbs={[{ label: "Not found" }]}>
      <EmptyState
        heading="h1"
        title="Page not found"
        action={<ButtonLink href="/staff/cases">Go to the queue</ButtonLink>}
      >
        The case or account does not exist, or your role cannot open this page.
      </EmptyState>
    </ShellMain>
  );
}
