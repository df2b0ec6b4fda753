import type { ReactNode } from "react";
import { allowsSignInLinks } from "#core/auth/request-sign-in-link.ts";
import { LinkWay } from "./link-way.tsx";

/** What the sign-in page offers besides the password, each in a file of its own. */
export function OtherWays() {
  const ways: ReactNode[] = [];
  if (allowsSignInLinks()) ways.push(<LinkWay key="link" />);
  if (ways.length === 0) return null;
  return (
    <section className="mt-4 flex flex-col gap-2 border-line border-t pt-4" aria-label="Other ways to sign in">
      {ways}
    </section>
  );
}
