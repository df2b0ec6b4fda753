import type { Metadata } from "next";
import { staffPageCtx } from "#app/_lib/context.ts";
import { foundOr404 } from "#app/_lib/found.ts";
import { KeepFresh } from "#app/_parts/keep-fresh.tsx";
import { Meter } from "#components/ui/meter.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { type Batch, getBatch } from "#core/enforcement/get-batch.ts";
import { whyNotTwo } from "#core/enforcement/second-person.ts";
import { isAuthor } from "#core/frame/acting-role.ts";
import { mayApprove, mayUndo } from "#core/rules/standing/enforcement.ts";
import * as deskWords from "#words/desk.ts";
import * as format from "#words/format.ts";
import * as words from "#words/words.ts";
import { LeftOutTable } from "../preview-panel.tsx";
import { ApproveBatch, UndoBatch } from "./batch-buttons.tsx";

export const metadata: Metadata = { title: "Several accounts" };

type Member = Batch["members"][number];
const isOpen = ({ state }: Member) => ["pending_approval", "scheduled", "applying", "active"].includes(state);

export default async function BatchPage({ params }: { params: Promise<{ batch: string }> }) {
  const ctx = await staffPageCtx();
  const { batch: batchId } = await params;
  const batch = await foundOr404(() => getBatch.fromUnknown(ctx, { batchId }));
  const actor = ctx.actor.kind === "staff" ? ctx.actor : null;
  const { members } = batch;
  const waiting = members.filter((one) => one.state === "pending_approval");
  const open = members.filter(isOpen);
  const applying = members.filter((one) => one.state === "applying").length;
  const confirmed = members.filter((one) => one.state === "active").length;
  const beyondRole = waiting
    .map((one) => (actor ? mayApprove(actor, { ...one, durationMs: lengthOf(one), accounts: members.length }) : null))
    .find(Boolean)?.refused;
  const isSecond = actor !== null && waiting.length > 0 && batch.authorUserId !== null;
  const objection = beyondRole ?? (isSecond ? await whyNotTwo(ctx, batch.authorUserId ?? "", actor.userId) : null);
  const isOwn = members.every((one) => isAuthor(ctx.actor, one));
  const isUndo = mayUndo({ isOwn, atMs: batch.createdAt.getTime() }, ctx.now.getTime()) === null;
  const { label, noun } = words.actionTypes[batch.type];
  return (
    <ShellMain crumbs={[{ label: "Actions", href: "/staff/actions" }, { label: "Several accounts" }]}>
      <KeepFresh seconds={applying > 0 ? 1 : 5} />
      <PageHeader
        title={`${label} of ${format.plural(members.length, { one: "account", other: "accounts" })}`}
        lead={
          <>
            {words.reasons[batch.reasonCode].title}. By {batch.authorName ?? "a former colleague"}{" "}
            <RelativeTime at={batch.createdAt.toISOString()} />.
          </>
        }
        actions={
          <div className="flex flex-wrap gap-2">
            {waiting.length > 0 && !objection ? (
              <ApproveBatch batchId={batch.id} count={waiting.length} word={noun} />
            ) : null}
            {open.length > 0 ? <UndoBatch batchId={batch.id} count={open.length} word={noun} isUndo={isUndo} /> : null}
          </div>
        }
      />
      {waiting.length > 0 ? (
        <p role="status" className="text-warning">
          {waiting.length} of {members.length} are waiting for a second person.{" "}
          {objection ? deskWords.objection(objection) : ""}
        </p>
      ) : null}
      {applying + confirmed > 0 ? (
        <Panel title="At the gates">
          <div className="flex flex-col gap-2">
            <Meter label="Confirmed by every gate" value={confirmed} limit={applying + confirmed} tone="plain" />
            <p role="status">
              {confirmed} of {applying + confirmed} confirmed by every gate
              {applying > 0 ? "; the others will follow" : ""}.
            </p>
          </div>
        </Panel>
      ) : null}
      <Panel title="Accounts" flush>
        <Table label="Accounts of this action">
          <TableHead>
            <TableHeader>Account</TableHeader>
            <TableHeader>State</TableHeader>
            <TableHeader align="right" shownFrom="sm">
              Confirmed in
            </TableHeader>
            <TableHeader shownFrom="md">Note</TableHeader>
          </TableHead>
          <TableBody>
            {members.map((one) => (
              <TableRow key={one.actionId}>
                <TableCell>
                  <TextLink
                    kind="name"
                    href={one.caseId ? `/staff/cases/${one.caseId}` : `/staff/accounts/${one.accountId}`}
                  >
                    {one.name}
                  </TextLink>
                </TableCell>
                <TableCell>{words.actionStates[one.state].label}</TableCell>
                <TableCell align="right" shownFrom="sm">
                  {one.confirmedMs === null ? "–" : format.milliseconds(one.confirmedMs)}
                </TableCell>
                <TableCell shownFrom="md" className="text-ink-2">
                  {one.endReason}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Panel>
      {batch.leftOut.length > 0 ? (
        <Panel title="Left out" flush>
          <LeftOutTable rows={batch.leftOut} />
        </Panel>
      ) : null}
    </ShellMain>
  );
}

function lengthOf({ effectiveAt, endsAt }: Member): number | null {
  return endsAt === null ? null : endsAt.getTime() - effectiveAt.getTime();
}
