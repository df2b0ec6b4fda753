import { SearchX } from "lucide-react";
import { ButtonLink } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

export const metadata = { title: "Not found" };

/** No such page, or none that this person may see: the two look alike on purpose. */
export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-[60vh] max-w-lg flex-col justify-center px-4">
      <EmptyState
        heading="h1"
        icon={<SearchX aria-hidden />}
        title="There is nothing here for you"
        action={<ButtonLink href="/">Go to the start</ButtonLink>}
      >
        The address may be mistyped, the thing may be gone, or it belongs to an account that you are not a member of.
      </EmptyState>
    </main>
  );
}
