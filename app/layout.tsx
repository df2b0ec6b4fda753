import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { earlyPressScript } from "#components/ui/early-press.ts";
import { ThemeProvider } from "#components/ui/theme-provider.tsx";
import { Toaster } from "#components/ui/toaster.tsx";
import { publicUrl } from "#core/runtime/env.ts";
import * as format from "#words/format.ts";
import { formAnswer } from "./_lib/answered.ts";
import { currentSession } from "./_lib/context.ts";
import { FormAnswerProvider } from "./_parts/form-answer.tsx";
import "./globals.css";

const description = "The access desk of an API: tokens, limits, usage and standing.";

export const metadata: Metadata = {
  metadataBase: new URL(publicUrl()),
  title: { default: "Gatehouse", template: "%s · Gatehouse" },
  description,
  robots: { index: false, follow: false },
  manifest: "/site.webmanifest",
  icons: { apple: "/apple-touch-icon.png" },
  openGraph: { title: "Gatehouse", description, images: [{ url: "/share.png", width: 1200, height: 630 }] },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fbfbfa" },
    { media: "(prefers-color-scheme: dark)", color: "#131312" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Reading a header also keeps every page dynamic: a prerendered page has no nonce, so none of its scripts would run.
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  // The zone a person has chosen; without one the browser's is used. A database that is away must not take the error page with it.
  const session = await currentSession().catch(() => null);
  return (
    <html
      lang={format.language}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      {...(session?.timeZone ? { "data-time-zone": session.timeZone } : {})}
      suppressHydrationWarning
    >
      <body>
        <script nonce={nonce} suppressHydrationWarning>
          {earlyPressScript}
        </script>
        <ThemeProvider nonce={nonce}>
          <FormAnswerProvider answer={await formAnswer()}>{children}</FormAnswerProvider>
          <Toaster />
        </ThemeProvider>
      </body>
    </html>
  );
}
