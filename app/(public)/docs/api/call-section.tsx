import { Badge } from "#components/ui/badge.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import type { Call } from "./read-reference.ts";

/** One call: what it is for, what it takes, and what it answers. */
export function CallSection({ call }: { call: Call }) {
  return (
    <section aria-labelledby={call.id} className="flex flex-col gap-3 border-line border-t py-6">
      <h3 id={call.id} className="scroll-mt-6 font-semibold">
        {call.summary}
      </h3>
      <p className="flex flex-wrap items-center gap-2">
        <Badge icon={false}>{call.method}</Badge>
        <code className="break-all font-mono">/api/v1{call.path}</code>
        <span className="text-ink-3">
          needs <code className="font-mono">{call.permission}</code>
        </span>
      </p>
      {call.description ? <p className="max-w-prose text-ink-2">{call.description}</p> : null}
      {call.fields.length > 0 ? (
        <Table label={`Parameters: ${call.summary}`}>
          <TableHead>
            <TableHeader>Name</TableHeader>
            <TableHeader>In</TableHeader>
            <TableHeader shownFrom="sm">Type</TableHeader>
            <TableHeader shownFrom="md">Meaning</TableHeader>
          </TableHead>
          <TableBody>
            {call.fields.map((field) => (
              <TableRow key={`${field.where} ${field.name}`}>
                <TableCell className="font-mono">
                  {field.name}
                  {field.isRequired ? <span className="font-sans text-ink-3"> required</span> : null}
                </TableCell>
                <TableCell>{field.where}</TableCell>
                <TableCell shownFrom="sm" className="max-w-xs break-words text-sm text-ink-2">
                  {field.type}
                </TableCell>
                <TableCell shownFrom="md" className="max-w-sm text-sm text-ink-2">
                  {field.description}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      ) : null}
      <Example text={call.curl} what="command" />
      <p className="text-sm text-ink-3">Answers {call.status}</p>
      {call.answer ? <Example text={call.answer} what="answer" /> : null}
    </section>
  );
}

function Example({ text, what }: { text: string; what: string }) {
  return (
    <div className="relative min-w-0">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <pre tabIndex={0} className="overflow-x-auto rounded-md bg-sunk p-3 pr-12 font-mono text-sm">
        {text}
      </pre>
      <span className="absolute top-1.5 right-1.5">
        <CopyButton value={text} what={what} />
      </span>
    </div>
  );
}
