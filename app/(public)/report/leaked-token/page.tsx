import type { Metadata } from "next";
import { ProductMark } from "#app/_parts/product-mark.tsx";
import { LeakForm } from "./leak-form.tsx";

export const metadata: Metadata = { title: "Report a leaked token" };

export default function LeakedTokenPage() {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col justify-center gap-6 px-4 py-10">
      <div className="self-center">
        <ProductMark name="Gatehouse" href="/" />
      </div>
      <header className="flex flex-col gap-1">
        <h1 className="font-semibold text-xl">Report a leaked token</h1>
        <p className="text-ink-2">
          Found an API token in a repository, a message or a log? Reporting it here stops it immediately. You need no
          account.
        </p>
      </header>
      <LeakForm />
    </main>
  );
}
