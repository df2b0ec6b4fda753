import type { ReactNode } from "react";
import { ProductMark } from "#app/_parts/product-mark.tsx";

/** What every page of a receipt stands in: it belongs to no side of the product. */
export function ReceiptFrame({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-4xl flex-col gap-5 px-4 py-6 sm:px-6">
      <header className="-mx-2 flex">
        <ProductMark name="Gatehouse" href="/" />
      </header>
      <main id="main" className="flex flex-col gap-5">
        {children}
      </main>
    </div>
  );
}
