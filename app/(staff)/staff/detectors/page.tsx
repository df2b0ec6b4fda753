import type { Metadata } from "next";
import { staffPageCtx } from "#app/_lib/context.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { listMutes } from "#core/cases/list-mutes.ts";
import { getSpreadGuessing } from "#core/detection/get-spread-guessing.ts";
import { listHeldFlags } from "#core/detection/held-flags.ts";
import { listDetectors } from "#core/detection/list-detectors.ts";
import { listTokenGuessing } from "#core/detection/list-token-guessing.ts";
import { MutesPanel } from "../_mutes/mutes-panel.tsx";
import { DetectorTable } from "./detector-table.tsx";
import { FallenDetectors } from "./fallen-detectors.tsx";
import { HeldFlags } from "./held-flags.tsx";
import { TokenGuessing } from "./token-guessing.tsx";

export const metadata: Metadata = { title: "Detectors" };

export default async function DetectorsPage() {
  const ctx = await staffPageCtx();
  const [detectors, held, guessing, spread, mutes] = await Promise.all([
    listDetectors(ctx, {}),
    listHeldFlags(ctx, {}),
    listTokenGuessing(ctx, {}),
    getSpreadGuessing(ctx, {}),
    listMutes(ctx, {}),
  ]);
  return (
    <ShellMain crumbs={[{ label: "Detectors" }]}>
      <PageHeader
        title="Detectors"
        lead="Detectors, their precision and their rules. Reviewers draft settings, leads publish them."
      />
      {held.length > 0 ? <HeldFlags flags={held} /> : null}
      {guessing.length > 0 || spread ? <TokenGuessing networks={guessing} spread={spread} /> : null}
      <FallenDetectors detectors={detectors} />
      <DetectorTable detectors={detectors} />
      <MutesPanel mutes={mutes} />
    </ShellMain>
  );
}
