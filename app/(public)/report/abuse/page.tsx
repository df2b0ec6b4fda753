import type { Metadata } from "next";
import { ProductMark } from "#app/_parts/product-mark.tsx";
import { ReportForm } from "../_form/report-form.tsx";

export const metadata: Metadata = { title: "Report abuse" };

export default function AbuseReportPage() {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-md flex-col justify-center gap-6 px-4 py-10">
      <div className="self-center">
        <ProductMark name="Gatehouse" href="/" />
      </div>
      <header className="flex flex-col gap-1">
        <h1 className="font-semibold text-xl">Report abuse</h1>
        <p className="text-ink-2">
          Is someone misusing this API for spam, attacks or resale? Tell us. You need no account.
        </p>
      </header>
      <ReportForm
        kind="abuse"
        about={{
          label: "Who or what is it about?",
          help: "A sender, a web address, a token's last characters, or a receipt (rcp_…)",
        }}
        body={{ label: "What happened?", help: "Include dates and times, and where you saw it" }}
      />
    </main>
  );
}
