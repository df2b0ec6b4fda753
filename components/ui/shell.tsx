"use client"; // Hands the top bar's parts from the layout to whichever page is open.

import { Menu, X } from "lucide-react";
import { createContext, type ReactNode, useContext } from "react";
import { Breadcrumb, type Crumb } from "./breadcrumb.tsx";
import { buttonClass } from "./button.tsx";
import { cn } from "./cn.ts";
import { NativePopover } from "./native-popover.tsx";
import { type NavGroup, ShellNav } from "./shell-nav.tsx";

type ShellProps = {
  /** Product mark, top left. */
  product: ReactNode;
  /** Between mark and navigation: which account, which workspace. */
  switcher?: ReactNode;
  navLabel: string;
  nav: readonly NavGroup[];
  /** Below the navigation. */
  navFooter?: ReactNode;
  /** Right part of the top bar. */
  search?: ReactNode;
  userMenu?: ReactNode;
  children: ReactNode;
};

const TopBarContext = createContext<Pick<ShellProps, "search" | "userMenu">>({});
const navId = "shell-navigation";
const contentId = "content";

/** The frame of a signed-in area: navigation left, and a page (a `ShellMain`) right. Used by a layout. */
export function Shell({ product, switcher, navLabel, nav, navFooter, search, userMenu, children }: ShellProps) {
  const side = (
    <nav aria-label={navLabel} className="flex min-h-full flex-col gap-3">
      {product}
      {switcher}
      <ShellNav groups={nav} />
      {navFooter ? <div className="mt-auto">{navFooter}</div> : null}
    </nav>
  );
  return (
    <TopBarContext value={{ search, userMenu }}>
      <a
        href={`#${contentId}`}
        className={cn(buttonClass({ variant: "primary" }), "fixed top-2 left-2 z-50 not-focus:sr-only")}
      >
        Skip to content
      </a>
      <div className="flex min-h-dvh">
        <div className="sticky top-0 hidden h-dvh w-54 shrink-0 overflow-y-auto border-line border-r p-2.5 lg:block">
          {side}
        </div>
        <NativePopover
          id={navId}
          className={cn(
            "inset-y-0 left-0 h-dvh max-h-none w-72 max-w-[85vw] overflow-y-auto border-line border-r bg-background p-2.5",
            "backdrop:bg-scrim lg:hidden",
          )}
        >
          <button
            type="button"
            popoverTarget={navId}
            popoverTargetAction="hide"
            aria-label="Close navigation"
            className={cn(buttonClass({ variant: "ghost", size: "icon" }), "absolute top-2.5 right-2.5")}
          >
            <X aria-hidden />
          </button>
          {side}
        </NativePopover>
        <div className="flex min-w-0 flex-1 flex-col">{children}</div>
      </div>
    </TopBarContext>
  );
}

type ShellMainProps = {
  crumbs: readonly Crumb[];
  /** Beside the breadcrumb: who holds this, a state. */
  status?: ReactNode;
  /** `page` centres and pads; `panes` gives the whole area to columns that scroll by themselves. */
  layout?: "page" | "panes";
  children: ReactNode;
};

/** One page inside the shell: top bar and main landmark. */
export function ShellMain({ crumbs, status, layout = "page", children }: ShellMainProps) {
  const { search, userMenu } = useContext(TopBarContext);
  return (
    <>
      <header className="sticky top-0 z-30 flex h-13 shrink-0 items-center gap-3 border-line border-b bg-background px-4 lg:px-7">
        <button
          type="button"
          popoverTarget={navId}
          aria-label="Open navigation"
          className={cn(buttonClass({ variant: "ghost", size: "icon" }), "-ml-2 lg:hidden")}
        >
          <Menu aria-hidden />
        </button>
        <Breadcrumb items={crumbs} />
        {status}
        <div className="ml-auto flex shrink-0 items-center gap-2">
          {search}
          {userMenu}
        </div>
      </header>
      <main
        id={contentId}
        tabIndex={-1}
        className={cn(
          "min-w-0 flex-1",
          layout === "page" ? "mx-auto flex w-full max-w-[90rem] flex-col gap-4 px-4 py-6 lg:px-7" : "flex min-h-0",
        )}
      >
        {children}
      </main>
    </>
  );
}
