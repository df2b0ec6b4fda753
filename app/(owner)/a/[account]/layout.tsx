import {
  Activity,
  BellRing,
  Gauge,
  HeartPulse,
  House,
  KeyRound,
  ListOrdered,
  Plug,
  Scale,
  Settings,
  ShieldX,
  UsersRound,
  Webhook,
} from "lucide-react";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { currentSession, memberPageCtx } from "#app/_lib/context.ts";
import { PersonMenu } from "#app/_parts/person-menu.tsx";
import { ProductMark } from "#app/_parts/product-mark.tsx";
import { Shell } from "#components/ui/shell.tsx";
import { Switcher } from "#components/ui/switcher.tsx";
import { listMyAccounts } from "#core/accounts/list-my-accounts.ts";
import { listAlerts } from "#core/alerts/list-alerts.ts";
import { getStanding } from "#core/enforcement/get-standing.ts";
import { can } from "#core/frame/permissions.ts";
import { listNotices } from "#core/notices/list-notices.ts";
import { countTokens } from "#core/tokens/count-tokens.ts";
import { AlertBanner } from "./_frame/alert-banner.tsx";
import { BackToProvider } from "./_frame/back-to-provider.tsx";
import { ClosedBanner } from "./_frame/closed-banner.tsx";
import { LiveProvider } from "./_frame/live.tsx";
import { NoticeBanner } from "./_frame/notice-banner.tsx";
import { FrameProvider } from "./_frame/owner-main.tsx";
import { OwnerSearch } from "./_frame/owner-search.tsx";
import { readAccount } from "./_frame/read-account.ts";
import { StandingBanner } from "./_frame/standing-banner.tsx";

type LayoutProps = { children: ReactNode; params: Promise<{ account: string }> };

export async function generateMetadata({ params }: LayoutProps): Promise<Metadata> {
  const { name } = await readAccount((await params).account);
  return { title: { default: name, template: `%s · ${name} · Gatehouse` } };
}

export default async function OwnerLayout({ children, params }: LayoutProps) {
  const { account: slug } = await params;
  const ctx = await memberPageCtx(slug);
  const session = await currentSession();
  const [account, accounts, tokens, notices, unseen] = await Promise.all([
    readAccount(slug),
    session?.portal ? [] : listMyAccounts(ctx, {}),
    countTokens(ctx, {}),
    listNotices(ctx, {}),
    listAlerts(ctx, { isUnseen: true, limit: 100 }),
  ]);
  const standing = account.standing === "good" ? null : await getStanding(ctx, {});
  const inForce = standing?.actions.filter((action) => action.isInForce).map((action) => action.id) ?? [];
  // The banner about the standing says the same as the notice of what is in force.
  const unread = notices.filter((one) => one.acknowledgedAt === null && !inForce.includes(one.actionId ?? ""));
  const at = (page: string) => `/a/${slug}${page}`;
  const nav = [
    {
      items: [
        { href: at(""), label: "Overview", icon: <House />, exact: true },
        { href: at("/tokens"), label: "Tokens", icon: <KeyRound />, count: tokens, countLabel: "active" },
        { href: at("/usage"), label: "Usage", icon: <Activity /> },
        { href: at("/limits"), label: "Limits", icon: <Gauge /> },
        { href: at("/health"), label: "Health", icon: <HeartPulse /> },
        { href: at("/refusals"), label: "Refusals", icon: <ShieldX /> },
        {
          href: at("/standing"),
          label: "Standing",
          icon: <Scale />,
          ...(inForce.length > 0
            ? { count: inForce.length, countMeaning: "danger" as const, countLabel: "in force" }
            : {}),
        },
      ],
    },
    {
      label: "Account",
      items: [
        {
          href: at("/alerts"),
          label: "Alerts",
          icon: <BellRing />,
          ...(unseen.length > 0 ? { count: unseen.length, countLabel: "not seen" } : {}),
        },
        { href: at("/integrations"), label: "Integrations", icon: <Plug /> },
        { href: at("/members"), label: "Members", icon: <UsersRound /> },
        { href: at("/webhooks"), label: "Webhooks", icon: <Webhook /> },
        ...(can(ctx.actor, "audit:read") ? [{ href: at("/audit"), label: "Audit log", icon: <ListOrdered /> }] : []),
        { href: at("/settings"), label: "Settings", icon: <Settings /> },
      ],
    },
  ];
  const pages = nav.flatMap((group) => group.items.map(({ href, label }) => ({ href, label })));
  return (
    <Shell
      product={<ProductMark name="Gatehouse" href={at("")} />}
      switcher={
        <>
          {session?.portal?.returnUrl ? <BackToProvider url={session.portal.returnUrl} /> : null}
          <Switcher
            label="Account"
            current={account.name}
            items={accounts.map((one) => ({ href: `/a/${one.slug}`, label: one.name, current: one.slug === slug }))}
          />
        </>
      }
      navLabel="Account"
      nav={nav}
      search={<OwnerSearch slug={slug} pages={pages} />}
      userMenu={
        session ? (
          <PersonMenu
            name={session.name}
            email={session.email}
            isPortal={session.portal !== null}
            {...(session.staffRole ? { otherSide: { href: "/staff/cases", label: "Staff desk" } } : {})}
          />
        ) : null
      }
    >
      <FrameProvider
        name={account.name}
        slug={slug}
        banners={
          <>
            <AlertBanner slug={slug} unseen={unseen} nowMs={ctx.now.getTime()} />
            {account.closedAt ? (
              <ClosedBanner
                slug={slug}
                closedAt={account.closedAt}
                reason={account.closedReason}
                mayExport={can(ctx.actor, "exports:write")}
              />
            ) : null}
            {standing ? <StandingBanner slug={slug} standing={standing} /> : null}
            <NoticeBanner slug={slug} unread={unread} mayAcknowledge={can(ctx.actor, "notices:acknowledge")} />
          </>
        }
      >
        <LiveProvider slug={slug} standing={account.standing}>
          {children}
        </LiveProvider>
      </FrameProvider>
    </Shell>
  );
}
