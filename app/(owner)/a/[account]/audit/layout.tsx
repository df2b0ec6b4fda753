import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { memberPageCtx } from "#app/_lib/context.ts";
import { can } from "#core/frame/permissions.ts";

type LayoutProps = { children: ReactNode; params: Promise<{ account: string }> };

/** Asks before the skeleton is sent: an answer that has begun cannot become a 404. */
export default async function AuditLayout({ children, params }: LayoutProps) {
  const ctx = await memberPageCtx((await params).account);
  if (!can(ctx.actor, "audit:read")) notFound();
  return children;
}
