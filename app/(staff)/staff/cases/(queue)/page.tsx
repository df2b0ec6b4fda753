import { Flag } from "lucide-react";
import type { Metadata } from "next";
import { staffPageCtx } from "#app/_lib/context.ts";
import { KeepFresh } from "#app/_parts/keep-fresh.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { CaseKeys } from "../case-keys.tsx";
import { Queue } from "../queue.tsx";
import { readQueue } from "../read-queue.ts";

export const metadata: Metadata = { title: "Cases" };

export default async function CasesPage({ searchParams }: { searchParams: Promise<unknown> }) {
  const ctx = await staffPageCtx();
  const queue = await readQueue(ctx, searchParams);
  return (
    <ShellMain crumbs={[{ label: "Cases" }]} layout="panes">
      <KeepFresh seconds={5} />
      <CaseKeys />
      <Queue {...queue} />
      <div className="hidden flex-1 items-center justify-center md:flex">
        <EmptyState icon={<Flag />} title="Select a case">
          Its flags, evidence and timeline open here. Press j and k to move, ? for all keys.
        </EmptyState>
      </div>
    </ShellMain>
  );
}
