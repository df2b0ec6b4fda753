import type { Metadata } from "next";
import { ProductMark } from "#app/_parts/product-mark.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { keptHours } from "#core/api/idempotency.ts";
import { callsPerMinute } from "#core/api/own-limit.ts";
import { apiErrors } from "#core/api/problem.ts";
import { CallSection } from "./call-section.tsx";
import { readReference } from "./read-reference.ts";

export const metadata: Metadata = { title: "API reference" };

/** For everybody who has the address: it tells how to call, and nothing of anybody's data. */
export default function ApiReferencePage() {
  const areas = readReference();
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-8 px-4 py-8 lg:flex-row">
      <nav
        aria-label="Calls"
        className="shrink-0 lg:sticky lg:top-8 lg:h-[calc(100vh-4rem)] lg:w-64 lg:overflow-y-auto"
      >
        <ProductMark name="Gatehouse" href="/" tag="API" />
        <details open className="mt-4">
          <summary className="cursor-pointer text-ink-3 lg:hidden">All calls</summary>
          {areas.map(({ tag, calls }) => (
            <div key={tag} className="mb-4">
              <p className="py-1 text-sm text-ink-3">{tag}</p>
              <ul>
                {calls.map((call) => (
                  <li key={call.id}>
                    <a href={`#${call.id}`} className="block rounded-md px-2 py-1 hover:bg-sunk">
                      {call.summary}
                    </a>
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </details>
      </nav>
      <main id="main" className="flex min-w-0 flex-1 flex-col gap-6">
        <header className="flex flex-col gap-2">
          <h1 className="text-xl font-semibold">API reference</h1>
          <p className="max-w-prose text-ink-2">
            Everything the screens can do, for programs. Also available as a document:{" "}
            <TextLink href="/api/v1/openapi.json" prefetch={false}>
              OpenAPI 3.1
            </TextLink>
            .
          </p>
        </header>
        <Basics />
        {areas.map(({ tag, about, calls }) => (
          <section key={tag} aria-label={tag}>
            <h2 className="text-lg font-semibold">{tag}</h2>
            <p className="mb-4 text-ink-2">{about}</p>
            {calls.map((call) => (
              <CallSection key={call.id} call={call} />
            ))}
          </section>
        ))}
      </main>
    </div>
  );
}

function Basics() {
  return (
    <section aria-label="Basics" className="flex flex-col gap-4">
      <ul className="flex max-w-prose list-disc flex-col gap-1 pl-5 text-ink-2">
        <li>
          Send <code className="font-mono">Authorization: Bearer …</code> with an account token that has the scope the
          call needs, or with a staff key. Browser sessions are not accepted.
        </li>
        <li>
          Lists take <code className="font-mono">limit</code> (1 to 100) and <code className="font-mono">cursor</code>.
          The next page is in <code className="font-mono">nextCursor</code> and in the{" "}
          <code className="font-mono">Link</code> header.
        </li>
        <li>
          Every POST accepts an <code className="font-mono">Idempotency-Key</code>: repeating a key with the same body
          within {keptHours} hours returns the same answer and runs once.
        </li>
        <li>
          Every change accepts <code className="font-mono">dry_run=true</code>: everything is checked and answered,
          nothing is changed, and a secret in the answer is not valid.
        </li>
        <li>
          Updates accept <code className="font-mono">If-Match</code> with the ETag you read, and answer 412 if it
          changed since.
        </li>
        <li>
          {callsPerMinute} calls per minute per account or key; <code className="font-mono">RateLimit</code> says how
          many are left, and <code className="font-mono">Retry-After</code> when to continue. Reading the quota costs
          nothing.
        </li>
      </ul>
      <h2 className="text-lg font-semibold">Errors</h2>
      <p className="max-w-prose text-ink-2">
        Errors are problem documents (RFC 9457). Rely on <code className="font-mono">code</code>;{" "}
        <code className="font-mono">detail</code> says what is wrong and what to do,{" "}
        <code className="font-mono">errors</code> names the fields.
      </p>
      <Table label="Error codes">
        <TableHead>
          <TableHeader>Status</TableHeader>
          <TableHeader>Code</TableHeader>
          <TableHeader>Meaning</TableHeader>
        </TableHead>
        <TableBody>
          {apiErrors.map(({ code, status, title }) => (
            <TableRow key={code}>
              <TableCell>{status}</TableCell>
              <TableCell>
                <code id={`error-${code}`} className="font-mono">
                  {code}
                </code>
              </TableCell>
              <TableCell>{title}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </section>
  );
}
