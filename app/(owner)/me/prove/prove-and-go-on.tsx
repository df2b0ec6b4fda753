"use client"; // Goes back to where the person came from.

import { useRouter } from "next/navigation";
import type { ProofWays } from "#app/_lib/proof-ways.ts";
import { ProofForm } from "#app/_parts/proof-form.tsx";

export function ProveAndGoOn({ next, ways }: { next: string; ways: ProofWays }) {
  const router = useRouter();
  return <ProofForm ways={ways} next={next} onProven={() => router.replace(next)} />;
}
