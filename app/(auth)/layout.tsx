import type { ReactNode } from "react";
import { ProductMark } from "#app/_parts/product-mark.tsx";

/** One narrow column for what happens before somebody is in. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center gap-6 px-4 py-10">
      <div className="self-center">
        <ProductMark name="Gatehouse" href="/" />
      </div>
      {children}
    </main>
  );
}
