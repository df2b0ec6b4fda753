import { ArchMark } from "#app/_parts/arch-mark.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

export const metadata = { title: "Not found" };

/** No such page, or none that this person may see: the two look alike on purpose. */
export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-[70vh] max-w-lg flex-col items-center justify-center px-4">
      <p className="flex h-8 items-center gap-2 text-md font-semibold">
        <ArchMark className="size-5 text-accent" />
        Gatehouse
      </p>
      <EmptyState
        heading="h1"
        title="Page not found"
        action={
          // Whole pages load from here: this one is sent with every page and must stay small.
          <a href="/" className={buttonClass()}>
            Go to the start page
          </a>
        }
      >
        The address may be mistyped, the page may be gone, or it belongs to an account you are not a member of.
      </EmptyState>
    </main>
  );
}
