import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { staffPageCtx } from "#app/_lib/context.ts";
import { failureOf } from "#app/_lib/failure.ts";
import { Badge } from "#components/ui/badge.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import { listDetectors } from "#core/detection/list-detectors.ts";
import { previewDetector } from "#core/detection/preview-detector.ts";
import type { Ctx } from "#core/frame/context.ts";
import { AppError } from "#core/frame/errors.ts";
import { can } from "#core/frame/permissions.ts";
import * as deskWords from "#words/desk.ts";
import { PublishDraft, RestoreDetector, SaveDraft } from "./draft-forms.tsx";
import { PreviewPanel } from "./preview-panel.tsx";
import { proposalHref, proposalOf } from "./proposal.ts";
import { ThresholdForm } from "./threshold-form.tsx";

export const metadata: Metadata = { title: "Detector" };

type PageProps = { params: Promise<{ detector: string }>; searchParams: Promise<Record<string, unknown>> };

/** One detector: its rule in words, what another setting would have flagged before it is saved, and every setting so far. */
export default async function DetectorPage({ params, searchParams }: PageProps) {
  const ctx = await staffPageCtx();
  const { detector: id } = await params;
  const detector = (await listDetectors(ctx, {})).find((one) => one.id === id);
  if (!detector) notFound();
  const proposal = proposalOf(detector, await searchParams);
  const keys = Object.keys(proposal.values);
  const asked = { detector: id, keys, values: Object.values(proposal.values) };
  const preview = proposal.isAsked ? await refusedOr(ctx, () => previewDetector.fromUnknown(ctx, asked)) : null;
  const mayDraft = can(ctx.actor, "detectors:draft");
  const mayPublish = can(ctx.actor, "detectors:publish");
  return (
    <ShellMain crumbs={[{ label: "Detectors", href: "/staff/detectors" }, { label: detector.title }]}>
      <PageHeader
        title={detector.title}
        badge={<Badge>{deskWords.detectorModes[detector.mode].label}</Badge>}
        lead={detector.rule}
      />
      {detector.hasFallen ? (
        <Panel title={deskWords.fellTitle(detector.title)}>
          <p className="mb-3">
            {detector.note} {deskWords.fellMeans}
          </p>
          {mayPublish ? <RestoreDetector detectorId={id} /> : null}
        </Panel>
      ) : null}
      {detector.draft ? (
        <Panel title={`Draft ${detector.draft.number}`} aside={detector.draft.byName ?? "Gatehouse"}>
          <div className="flex flex-col gap-3">
            <p>
              {deskWords.detectorModes[detector.draft.mode].label}: {detector.draft.rule}{" "}
              <span className="text-ink-2">{detector.draft.note}</span>
            </p>
            <TextLink href={proposalHref(id, detector.draft.mode, detector.draft.thresholds)}>
              Show what the draft would have flagged
            </TextLink>
            {mayPublish ? (
              <PublishDraft detectorId={id} number={detector.draft.number} />
            ) : (
              <p className="text-ink-2">A lead or an admin publishes it.</p>
            )}
          </div>
        </Panel>
      ) : null}
      {detector.fields.length === 0 ? (
        <Panel title="Thresholds">
          <p className="text-ink-2">{deskWords.errors.raisedByPeople}</p>
        </Panel>
      ) : (
        <ThresholdForm detector={detector} proposal={proposal} />
      )}
      {typeof preview === "string" ? (
        <p role="alert" className="text-danger">
          {preview}
        </p>
      ) : null}
      {preview !== null && typeof preview !== "string" ? (
        <PreviewPanel preview={preview} mode={proposal.mode}>
          {mayDraft ? (
            <SaveDraft detectorId={id} mode={proposal.mode} keys={keys} values={Object.values(proposal.values)} />
          ) : (
            <p className="text-ink-2">Only a reviewer, a lead or an admin can save it as a draft.</p>
          )}
        </PreviewPanel>
      ) : null}
      {detector.settings.length > 0 ? (
        <Panel title="Settings so far" aside={`${detector.settings.length}`}>
          <ul>
            {detector.settings.map((one) => (
              <li key={one.number} className="border-line py-2 not-first:border-t">
                {one.number}: {deskWords.detectorModes[one.mode].label}
                {one.publishedAt ? "" : ", draft"}. {one.note} {one.byName ?? "Gatehouse"},{" "}
                <ZonedTime at={new Date(one.createdAt).toISOString()} />
                <span className="block text-sm text-ink-2">{one.rule}</span>
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
    </ShellMain>
  );
}

/** What was asked for is in the address, so what is wrong with it is said on the page. */
async function refusedOr<Result>({ requestId }: Ctx, read: () => Promise<Result>): Promise<Result | string> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AppError && (error.code === "invalid" || error.code === "unavailable"))
      return failureOf(error, requestId).message;
    throw error;
  }
}
