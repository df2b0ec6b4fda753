import { KeyRound } from "lucide-react";
import { ButtonLink } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Panel } from "#components/ui/panel.tsx";

/** What a new account sees first: what to do, and what will happen then. */
export function FirstSteps({ slug, mayCreate }: { slug: string; mayCreate: boolean }) {
  return (
    <Panel>
      <EmptyState
        heading="h2"
        icon={<KeyRound />}
        title="Create your first token"
        action={
          mayCreate ? (
            <ButtonLink href={`/a/${slug}/tokens?create=1`} variant="primary">
              Create token
            </ButtonLink>
          ) : undefined
        }
      >
        Put it into your client. Its calls, its rate limits and your daily quota move on this page within two seconds of
        its first request.
      </EmptyState>
    </Panel>
  );
}
