"use client"; // Error boundaries live in the browser.

import { ErrorPanel } from "#components/ui/error-panel.tsx";
import { RetryWhenReady } from "./_parts/retry-when-ready.tsx";

type ErrorPageProps = { error: Error & { digest?: string }; retry: () => void };

/** A page that failed. What the server knows about it stays in its log, under the reference. */
export default function ErrorPage({ error, retry }: ErrorPageProps) {
  return (
    <main className="mx-auto flex min-h-[60vh] max-w-lg flex-col justify-center px-4">
      <ErrorPanel heading="h1" title="This page could not be shown" retry={retry} reference={error.digest}>
        Something went wrong on our side. Nothing you did was lost, and requests through the gate are not affected.
        <RetryWhenReady retry={retry} />
      </ErrorPanel>
    </main>
  );
}
