import {
  BadgeCheck,
  Building2,
  Flag,
  Gauge,
  Gavel,
  HandHelping,
  KeyRound,
  LayoutDashboard,
  ListOrdered,
  LogIn,
  Mail,
  MessageSquareWarning,
  Radar,
  Scale,
  ScanSearch,
  Server,
  UsersRound,
  Webhook,
} from "lucide-react";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { currentSession, staffPageCtx } from "#app/_lib/context.ts";
import { PersonMenu } from "#app/_parts/person-menu.tsx";
import { ProductMark } from "#app/_parts/product-mark.tsx";
import { ProofHost } from "#app/_parts/proof-host.tsx";
import { Shell } from "#components/ui/shell.tsx";
import { listMyAccounts } from "#core/accounts/list-my-accounts.ts";
import { countCases } from "#core/cases/count-cases.ts";
import { can } from "#core/frame/permissions.ts";
import { listGates } from "#core/gateways/list-gates.ts";
import * as words from "#words/words.ts";
import { StaffSearch } from "./_search/staff-search.tsx";

export const metadata: Metadata = { title: { default: "Staff", template: "%s · Gatehouse staff" } };

export default async function StaffLayout({ children }: { children: ReactNode }) {
  const ctx = await staffPageCtx();
  const counts = await countCases(ctx, {});
  const gates = await listGates(ctx, {});
  const live = gates.filter((gate) => gate.isLive).length;
  const known = gates.filter((gate) => gate.isLive || gate.stoppedAt === null).length;
  const session = await currentSession();
  const accounts = await listMyAccounts(ctx, {});
  const nav = [
    {
      items: [
        { href: "/staff", label: "Desk", icon: <LayoutDashboard />, exact: true },
        { href: "/staff/cases", label: "Cases", icon: <Flag />, count: counts.open, countLabel: "open" },
        { href: "/staff/accounts", label: "Accounts", icon: <Building2 /> },
        { href: "/staff/investigate", label: "Investigate", icon: <ScanSearch /> },
        {
          href: "/staff/actions",
          label: "Actions",
          icon: <Gavel />,
          ...(counts.pendingApproval > 0 ? { count: counts.pendingApproval, countLabel: "waiting for approval" } : {}),
        },
        {
          href: "/staff/appeals",
          label: "Appeals",
          icon: <Scale />,
          ...(counts.openAppeals > 0 ? { count: counts.openAppeals, countLabel: "open" } : {}),
        },
        { href: "/staff/reports", label: "Reports", icon: <MessageSquareWarning /> },
        {
          href: "/staff/limit-requests",
          label: "Limit requests",
          icon: <HandHelping />,
          ...(counts.openRequests > 0 ? { count: counts.openRequests, countLabel: "open" } : {}),
        },
      ],
    },
    {
      label: "Rules",
      items: [
        { href: "/staff/detectors", label: "Detectors", icon: <Radar /> },
        { href: "/staff/limits", label: "Limits", icon: <Gauge /> },
      ],
    },
    {
      label: "System",
      items: [
        {
          href: "/staff/gates",
          label: "Gates",
          icon: <Server />,
          count: `${live} / ${known}`,
          countMeaning: live > 0 && live === known ? ("good" as const) : ("danger" as const),
          countLabel: "live",
        },
        ...(can(ctx.actor, "webhooks:read") ? [{ href: "/staff/webhooks", label: "Webhooks", icon: <Webhook /> }] : []),
        { href: "/staff/keys", label: "API keys", icon: <KeyRound /> },
        { href: "/staff/mail", label: "Mail", icon: <Mail /> },
        ...(can(ctx.actor, "audit:read") ? [{ href: "/staff/audit", label: "Audit", icon: <ListOrdered /> }] : []),
        ...(can(ctx.actor, "staff:read") ? [{ href: "/staff/people", label: "Staff", icon: <UsersRound /> }] : []),
        ...(can(ctx.actor, "identity:write")
          ? [{ href: "/staff/single-sign-on", label: "Single sign-on", icon: <LogIn /> }]
          : []),
      ],
    },
  ];
  const first = accounts[0];
  return (
    <Shell
      product={<ProductMark name="Gatehouse" href="/staff/cases" tag="staff" />}
      navLabel="Staff"
      nav={nav}
      navFooter={
        <p className="flex items-center gap-1.5 px-2 text-sm text-ink-3">
          <BadgeCheck aria-hidden className="size-3.5" />
          {ctx.actor.kind === "staff" ? words.role(ctx.actor.role) : ""}
        </p>
      }
      search={<StaffSearch pages={nav.flatMap((group) => group.items.map(({ href, label }) => ({ href, label })))} />}
      userMenu={
        session ? (
          <PersonMenu
            name={session.name}
            email={session.email}
            {...(first ? { otherSide: { href: `/a/${first.slug}`, label: "Your account" } } : {})}
          />
        ) : null
      }
    >
      {children}
      <ProofHost />
    </Shell>
  );
}
