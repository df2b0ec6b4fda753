"use client"; // Takes the banners from the layout, which reads them once for all pages.

import { createContext, type ReactNode, useContext } from "react";
import { ShellMain } from "#components/ui/shell.tsx";

type Frame = { name: string; slug: string; banners: ReactNode };

const FrameContext = createContext<Frame>({ name: "", slug: "", banners: null });

export function FrameProvider({ children, ...frame }: Frame & { children: ReactNode }) {
  return <FrameContext value={frame}>{children}</FrameContext>;
}

type OwnerMainProps = {
  page: string;
  /** The list that the page is a part of. */
  under?: { label: string; href: string };
  status?: ReactNode;
  children: ReactNode;
};

/** One page of an account: its name in the breadcrumb, and what its members must know first. */
export function OwnerMain({ page, under, status, children }: OwnerMainProps) {
  const { name, slug, banners } = useContext(FrameContext);
  return (
    <ShellMain
      crumbs={[{ label: name, href: `/a/${slug}` }, ...(under ? [under] : []), { label: page }]}
      status={status}
    >
      {banners}
      {children}
    </ShellMain>
  );
}
