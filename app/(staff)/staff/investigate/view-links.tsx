import { Link } from "#components/ui/link.tsx";
import type { SavedInvestigation } from "#core/investigate/investigation-views.ts";

/** One's own views and those of the desk. */
export function ViewLinks({ views, current }: { views: readonly SavedInvestigation[]; current: string }) {
  if (views.length === 0) return null;
  return (
    <ul aria-label="Saved views" className="flex flex-wrap gap-1.5">
      {views.map((one) => (
        <li key={one.id}>
          <Link
            href={`/staff/investigate?${one.query}`}
            prefetch={false}
            aria-current={one.query === current ? "true" : undefined}
            title={one.isShared ? `Shared by ${one.byName}` : "Only you see it"}
            className="inline-block min-h-6 rounded-md border border-line px-2 py-0.5 hover:bg-sunk aria-[current]:bg-sunk"
          >
            {one.name}
            {one.isShared ? <span className="text-ink-3"> · shared</span> : null}
          </Link>
        </li>
      ))}
    </ul>
  );
}
