"use client"; // Asks before it signs out everywhere.

import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { signOutEverywhereAction } from "#app/(auth)/actions.ts";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { FieldError } from "#components/ui/field.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import type { SessionWay } from "#core/rules/vocabulary.ts";
import * as words from "#words/words.ts";
import { endSessionAction } from "./actions.ts";

type Row = {
  id: string;
  createdAt: Date;
  ip: string | null;
  userAgent: string | null;
  way: SessionWay;
  isThis: boolean;
};

/** The person's sessions; each can be ended, and all at once. */
export function Sessions({ rows }: { rows: readonly Row[] }) {
  return (
    <>
      <Table label="Sessions">
        <TableHead>
          <TableHeader>Browser</TableHeader>
          <TableHeader shownFrom="sm">Address</TableHeader>
          <TableHeader shownFrom="md">By</TableHeader>
          <TableHeader>Signed in</TableHeader>
          <TableHeader align="right">
            <span className="sr-only">Actions</span>
          </TableHeader>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.id}>
              <TableCell title={row.userAgent ?? undefined}>
                {browserOf(row.userAgent)} {row.isThis ? <Badge icon={false}>this session</Badge> : null}
              </TableCell>
              <TableCell shownFrom="sm" className="font-mono">
                {row.ip ?? "unknown"}
              </TableCell>
              <TableCell shownFrom="md">{words.sessionWays[row.way]}</TableCell>
              <TableCell className="whitespace-nowrap">
                <RelativeTime at={row.createdAt} />
              </TableCell>
              <TableCell align="right">{row.isThis ? null : <EndSession row={row} />}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <form action={signOutEverywhereAction} className="px-4 py-3">
        <Button type="submit">Sign out everywhere, including here</Button>
      </form>
    </>
  );
}

function EndSession({ row }: { row: Row }) {
  const end = useActionForm(endSessionAction, { done: "Signed out" });
  return (
    <PostForm sends={end}>
      <input type="hidden" name="sessionId" value={row.id} />
      <Button type="submit" size="sm" pending={end.pending} aria-label={`Sign out ${browserOf(row.userAgent)}`}>
        Sign out
      </Button>
      <span role="alert">{end.message ? <FieldError id={`session-${row.id}`}>{end.message}</FieldError> : null}</span>
    </PostForm>
  );
}

/** "Firefox on Linux": enough to know one's own. */
function browserOf(userAgent: string | null): string {
  const text = userAgent ?? "";
  const browser = ["Edg", "OPR", "Firefox", "Chrome", "Safari"].find((name) => text.includes(`${name}/`));
  const system = ["Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux"].find((name) => text.includes(name));
  const names: Record<string, string> = { Edg: "Edge", OPR: "Opera", "Mac OS X": "macOS" };
  if (!browser) return "A browser";
  return `${names[browser] ?? browser}${system ? ` on ${names[system] ?? system}` : ""}`;
}
