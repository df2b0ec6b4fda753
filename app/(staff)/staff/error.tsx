"use client"; // Error boundaries live in the browser.

import { RetryWhenReady } from "#app/_parts/retry-when-ready.tsx";
import { ErrorPanel } from "#components/ui/error-panel.tsx";
import { ShellMain } from "#components/ui/shell.tsx";

/** A staff page that failed; the navigation stays, and so do the gates. */
export default function StaffError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <ShellMain crumbs={[{ label: "Not shown" }]}>
      <ErrorPanel heading="h1" title="This page could not be shown" retry={retry} reference={error.digest}>
        Something went wrong on our side. Nothing was changed, and the gates keep deciding.
        <RetryWhenReady retry={retry} />
      </ErrorPanel>
    </ShellMain>
  );
}
