"use client"; // Replaces the root layout when that itself failed.

import { ErrorPanel } from "#components/ui/error-panel.tsx";
import * as format from "#words/format.ts";
import "./globals.css";

/** The last resort: no layout, no script to rely on, so trying again is a link. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang={format.language}>
      <body>
        <title>Error · Gatehouse</title>
        <main className="mx-auto flex min-h-[80vh] max-w-lg flex-col justify-center px-4">
          <ErrorPanel heading="h1" title="Gatehouse could not show this page" retryHref="?" reference={error.digest}>
            Something went wrong on our side. Requests through the gate are not affected. Try again in a moment; if it
            keeps happening, give the reference below to the operator of this Gatehouse.
          </ErrorPanel>
        </main>
      </body>
    </html>
  );
}
