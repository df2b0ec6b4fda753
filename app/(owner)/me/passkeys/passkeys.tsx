"use client"; // Shows the recovery codes once.

import { useRouter } from "next/navigation";
import { useState } from "react";
import { CopyOnce } from "#components/ui/copy-once.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import type { listPasskeys } from "#core/auth/set-up-passkey.ts";
import { AddPasskey } from "./add-passkey.tsx";
import { RemovePasskey } from "./remove-passkey.tsx";

type PasskeysProps = { passkeys: Awaited<ReturnType<typeof listPasskeys>>; hasSecondStep: boolean };

/** The person's passkeys: each signs them in by itself. */
export function Passkeys({ passkeys, hasSecondStep }: PasskeysProps) {
  const router = useRouter();
  const [codes, setCodes] = useState<string[] | null>(null);
  const added = (made: string[] | null) => (made ? setCodes(made) : router.refresh());
  return (
    <div className="flex flex-col items-start gap-3">
      <p className="text-ink-2">
        A passkey signs you in with your fingerprint, face or PIN. It works on this site only, so no other can ask for
        it.
        {hasSecondStep ? "" : " With one, your password alone no longer signs you in."}
      </p>
      {passkeys.length > 0 ? (
        <Table label="Passkeys">
          <TableHead>
            <TableHeader>Name</TableHeader>
            <TableHeader shownFrom="sm">Added</TableHeader>
            <TableHeader>Last used</TableHeader>
            <TableHeader align="right">
              <span className="sr-only">Remove</span>
            </TableHeader>
          </TableHead>
          <TableBody>
            {passkeys.map((one) => (
              <TableRow key={one.passkeyId}>
                <TableCell className="font-medium">{one.name}</TableCell>
                <TableCell shownFrom="sm">
                  <RelativeTime at={one.createdAt} />
                </TableCell>
                <TableCell>{one.lastUsedAt ? <RelativeTime at={one.lastUsedAt} /> : "never"}</TableCell>
                <TableCell align="right">
                  <RemovePasskey passkeyId={one.passkeyId} name={one.name} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      ) : null}
      <AddPasskey onAdded={added} />
      {codes ? (
        <CopyOnce
          open
          title="Recovery codes"
          description="Each code stands in for your passkey once, with your password. Store them where you can reach them without this device; they are not shown again."
          secret={codes.join("\n")}
          what="recovery codes"
          onStored={() => {
            setCodes(null);
            router.refresh();
          }}
        />
      ) : null}
    </div>
  );
}
