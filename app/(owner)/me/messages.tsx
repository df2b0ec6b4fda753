import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { listMyMail } from "#core/mail/list-my-mail.ts";

type Mail = Awaited<ReturnType<typeof listMyMail>>[number];

/** What was written to the person, for when mail does not reach them. */
export function Messages({ rows }: { rows: readonly Mail[] }) {
  if (rows.length === 0) return <p className="px-4 pb-3 text-ink-2">None yet.</p>;
  return (
    <ul className="flex flex-col">
      {rows.slice(0, 20).map((row) => (
        <li key={row.id} className="border-line border-t px-4 py-2 first:border-0">
          <details>
            <summary className="cursor-pointer">
              <span className="font-medium">{row.subject}</span>{" "}
              <RelativeTime at={row.createdAt} className="text-sm text-ink-3" />
            </summary>
            <p className="py-2 whitespace-pre-wrap text-ink-2 wrap-anywhere">{row.text}</p>
          </details>
        </li>
      ))}
    </ul>
  );
}
