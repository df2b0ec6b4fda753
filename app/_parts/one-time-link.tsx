"use client"; // Knows the address it is shown at.

import { CopyButton } from "#components/ui/copy-button.tsx";

/** A link that works once, with how to get it to its person. */
function OneTimeLink({ path, email }: { path: string; email: string }) {
  const href = new URL(path, window.location.origin).href;
  return (
    <div className="flex flex-col gap-2 rounded-md border border-line bg-sunk p-3">
      <p>
        Send this link to <b className="font-semibold">{email}</b>. It works once, within 7 days, and is not shown
        again.
      </p>
      <p className="flex flex-wrap items-center gap-2">
        <code className="min-w-0 break-all font-mono">{href}</code>
        <CopyButton value={href} what="invitation link" withText />
      </p>
    </div>
  );
}

/** How an invitation gets to its person: mailed, or by this link. */
export function InvitationSent({ email, path, sentTo }: { email: string; path: string | null; sentTo: string | null }) {
  if (path !== null) return <OneTimeLink path={path} email={email} />;
  return (
    <p className="rounded-md border border-line bg-sunk p-3">
      Sent to <b className="font-semibold">{sentTo}</b>. The link works once, within 7 days.
    </p>
  );
}
