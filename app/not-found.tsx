import { ButtonLink } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ProductMark } from "#components/ui/product-mark.tsx";

export const metadata = { title: "Not found" };

/** No such page, or none that this person may see: the two look alike on purpose. */
export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-[70vh] max-w-lg flex-col items-center justify-center px-4">
      <ProductMark name="Gatehouse" href="/" />
      <EmptyState
        heading="h1"
        title="There is nothing here for you"
        action={<ButtonLink href="/">Go to the start</ButtonLink>}
      >
        The address may be mistyped, the thing may be gone, or it belongs to an account that you are not a member of.
      </EmptyState>
    </main>
  );
}
