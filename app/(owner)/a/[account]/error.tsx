"use client"; // Error boundaries live in the browser.

import { RetryWhenReady } from "#app/_parts/retry-when-ready.tsx";
import { ErrorPanel } from "#components/ui/error-panel.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { OwnerMain } from "./_frame/owner-main.tsx";

type ErrorPageProps = { error: Error & { digest?: string }; retry: () => void };

/** A page of the account that failed; the navigation around it still works. */
export default function OwnerError({ error, retry }: ErrorPageProps) {
  return (
    <OwnerMain page="Not shown">
      <Panel>
        <ErrorPanel heading="h1" title="This page could not be shown" retry={retry} reference={error.digest}>
          Something went wrong on our side. Nothing was changed, and calls through the gate are not affected.
          <RetryWhenReady retry={retry} />
        </ErrorPanel>
      </Panel>
    </OwnerMain>
  );
}
