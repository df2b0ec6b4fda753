"use client"; // Goes back to where the person came from.

import { useRouter } from "next/navigation";
import { ProofForm } from "#app/_parts/proof-form.tsx";

export function ProveAndGoOn({ next }: { next: string }) {
  const router = useRouter();
  return <ProofForm next={next} onProven={() => router.replace(next)} />;
}
