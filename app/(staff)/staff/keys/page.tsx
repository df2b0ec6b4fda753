import { KeyRound } from "lucide-react";
import type { Metadata } from "next";
import { staffPageCtx } from "#app/_lib/context.ts";
import { Badge } from "#components/ui/badge.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import { actorUserId } from "#core/frame/context.ts";
import { grantableKeyScopes } from "#core/frame/permissions.ts";
import { publicUrl } from "#core/runtime/env.ts";
import { listKeys } from "#core/staff-keys/list-keys.ts";
import { CreateKey } from "./create-key.tsx";
import { RevokeKey } from "./revoke-key.tsx";
import { UnpauseKey } from "./unpause-key.tsx";

export const metadata: Metadata = { title: "API keys" };

export default async function KeysPage() {
  const ctx = await staffPageCtx();
  const keys = await listKeys(ctx, {});
  const ownId = actorUserId(ctx.actor);
  return (
    <ShellMain crumbs={[{ label: "API keys" }]}>
      <PageHeader
        title="API keys"
        lead={
          <>
            Credentials for staff and their programs to call the REST API. For the calls they can make, see the{" "}
            <TextLink href="/docs/api">API reference</TextLink>.
          </>
        }
        actions={
          <CreateKey
            scopes={{
              automation: grantableKeyScopes(ctx.actor, "automation"),
              personal: grantableKeyScopes(ctx.actor, "personal"),
            }}
            apiUrl={`${publicUrl()}/api/v1`}
          />
        }
      />
      <Panel flush>
        {keys.length === 0 ? (
          <EmptyState icon={<KeyRound />} title="No keys yet">
            Create one for a program, such as a nightly export or a chat bot, or for yourself at a terminal.
          </EmptyState>
        ) : (
          <Table label="API keys">
            <TableHead>
              <TableHeader>Name</TableHeader>
              <TableHeader shownFrom="sm">Acts as</TableHeader>
              <TableHeader shownFrom="md">Scopes</TableHeader>
              <TableHeader>Last used</TableHeader>
              <TableHeader shownFrom="sm">Expires</TableHeader>
              <TableHeader align="right">
                <span className="sr-only">Revoke</span>
              </TableHeader>
            </TableHead>
            <TableBody>
              {keys.map((key) => (
                <TableRow key={key.keyId}>
                  <TableCell>
                    <span className="font-medium">{key.name}</span>{" "}
                    <span className="font-mono text-ink-3">{key.preview}</span>
                    {key.kind === "personal" ? <Badge className="ml-2">personal</Badge> : null}
                    {key.pausedAt && !key.revokedAt ? (
                      <Badge className="ml-2" title="Paused because its owner's password was reset by mail">
                        paused
                      </Badge>
                    ) : null}
                  </TableCell>
                  <TableCell shownFrom="sm">{key.ownerName}</TableCell>
                  <TableCell shownFrom="md" className="max-w-md text-sm text-ink-2">
                    {key.scopes.join(", ")}
                  </TableCell>
                  <TableCell>{key.lastUsedAt ? <RelativeTime at={key.lastUsedAt.toISOString()} /> : "never"}</TableCell>
                  <TableCell shownFrom="sm">
                    {key.expiresAt ? <ZonedTime at={key.expiresAt.toISOString()} style="date" /> : "never"}
                  </TableCell>
                  <TableCell align="right">
                    {key.revokedAt ? (
                      <Badge>revoked</Badge>
                    ) : (
                      <span className="flex justify-end gap-2">
                        {key.pausedAt && key.userId === ownId ? <UnpauseKey keyId={key.keyId} name={key.name} /> : null}
                        <RevokeKey keyId={key.keyId} name={key.name} />
                      </span>
                    )}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </Panel>
    </ShellMain>
  );
}
