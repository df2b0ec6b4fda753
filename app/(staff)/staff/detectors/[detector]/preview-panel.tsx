import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { DetectorPreview } from "#core/detection/preview-detector.ts";
import type { DetectorMode } from "#core/rules/vocabulary.ts";
import * as deskWords from "#words/desk.ts";

type PreviewPanelProps = { preview: DetectorPreview; mode: DetectorMode; children: ReactNode };

/** What a proposed setting would have flagged beside the one in force; below it, the way to save it. */
export function PreviewPanel({ preview, mode, children }: PreviewPanelProps) {
  return (
    <Panel title={`What it would have flagged, ${preview.days} days`}>
      <div className="flex flex-col gap-4">
        <p>{preview.rule}</p>
        <p role="status" className="font-medium">
          {deskWords.previewResult(preview)}
        </p>
        <p className="text-sm text-ink-2">
          {deskWords.previewAccuracy(preview)} {mode === "flags" ? "" : deskWords.previewMode[mode]}
        </p>
        {preview.accounts.length === 0 ? null : (
          <Table label="Accounts it would have flagged">
            <TableHead>
              <TableHeader>Account</TableHeader>
              <TableHeader>Now</TableHeader>
              <TableHeader>Proposed</TableHeader>
              <TableHeader>Decided, 30 days</TableHeader>
            </TableHead>
            <TableBody>
              {preview.accounts.map((one) => (
                <TableRow key={one.accountId}>
                  <TableCell>
                    <TextLink kind="name" href={`/staff/accounts/${one.accountId}`}>
                      {one.accountName}
                    </TextLink>
                  </TableCell>
                  <TableCell>{one.inForce ? "flagged" : "–"}</TableCell>
                  <TableCell>{one.proposed ? "flagged" : "–"}</TableCell>
                  <TableCell>
                    {one.verdict === null ? (
                      "–"
                    ) : (
                      <Badge meaning={one.verdict === "confirmed" ? "good" : "warning"}>
                        {deskWords.previewVerdicts[one.verdict]}
                      </Badge>
                    )}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
        {children}
      </div>
    </Panel>
  );
}
