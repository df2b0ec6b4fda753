import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { userPageCtx } from "#app/_lib/context.ts";
import { foundOr404 } from "#app/_lib/found.ts";
import { findReceipt } from "#core/usage/find-receipt.ts";

export const metadata: Metadata = { title: "Receipt" };

/** The short address that a refusal's answer links to: leads to the refusal in the right account. */
export default async function ReceiptPage({ params }: { params: Promise<{ receipt: string }> }) {
  const { receipt } = await params;
  const ctx = await userPageCtx();
  const found = await foundOr404(() => findReceipt.fromUnknown(ctx, { receipt }));
  if (!found) notFound();
  redirect(`/a/${found.accountSlug}/refusals?receipt=${encodeURIComponent(receipt)}`);
}
