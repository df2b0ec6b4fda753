import { KeyRound } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { CreateCredential } from "./create-credential.tsx";
import { RevokeCredential } from "./revoke-credential.tsx";

type Credential = {
  id: string;
  name: string;
  preview: string;
  createdAt: Date;
  createdByName: string | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
};

/** Who may ask the gates. */
export function Credentials({ credentials, gateUrl }: { credentials: Credential[]; gateUrl: string }) {
  const live = credentials.filter((one) => one.revokedAt === null).length;
  return (
    <>
      <Panel title="Gateway credentials">
        <CreateCredential gateUrl={gateUrl} isFirst={live === 0} />
      </Panel>
      <Panel flush>
        {credentials.length === 0 ? (
          <EmptyState icon={<KeyRound />} title="No gateway credentials">
            Gates only answer callers on their own machine. Create a credential for each gateway that runs elsewhere.
          </EmptyState>
        ) : (
          <Table label="Gateway credentials">
            <TableHead>
              <TableHeader>Name</TableHeader>
              <TableHeader>Credential</TableHeader>
              <TableHeader shownFrom="md">Created</TableHeader>
              <TableHeader>Last used</TableHeader>
              <TableHeader align="right">
                <span className="sr-only">Revoke</span>
              </TableHeader>
            </TableHead>
            <TableBody>
              {credentials.map((one) => (
                <TableRow key={one.id}>
                  <TableCell className="font-medium">{one.name}</TableCell>
                  <TableCell>
                    <span className="font-mono">{one.preview}</span>
                  </TableCell>
                  <TableCell shownFrom="md">
                    <RelativeTime at={one.createdAt.toISOString()} />
                    {one.createdByName ? ` by ${one.createdByName}` : ""}
                  </TableCell>
                  <TableCell>{one.lastUsedAt ? <RelativeTime at={one.lastUsedAt.toISOString()} /> : "never"}</TableCell>
                  <TableCell align="right">
                    {one.revokedAt ? (
                      <Badge>revoked</Badge>
                    ) : (
                      <RevokeCredential id={one.id} name={one.name} isLast={live === 1} />
                    )}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </Panel>
    </>
  );
}
