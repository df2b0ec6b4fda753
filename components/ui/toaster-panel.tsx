"use client"; // Shows messages that come and go.

import { useTheme } from "next-themes";
import { useEffect } from "react";
import { Toaster as Sonner, type ToasterProps, toast } from "sonner";
import { printToasts } from "./toast.ts";

const themes: Record<string, ToasterProps["theme"]> = { light: "light", dark: "dark" };

/** Where short messages appear. Nothing that must be read is said only here. */
export default function ToasterPanel() {
  const { theme } = useTheme();
  // After the effect in which Sonner itself begins to listen.
  useEffect(() => printToasts(({ kind, message, options }) => void toast[kind](message, options)), []);
  return (
    <Sonner
      theme={themes[theme ?? ""] ?? "system"}
      position="bottom-right"
      gap={8}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-start gap-2.5 rounded-lg border border-line bg-panel px-4 py-3 font-sans text-base text-ink shadow-float",
          title: "font-medium",
          description: "text-ink-2",
          icon: "mt-0.5 [&_svg]:size-4",
          success: "[&_[data-icon]]:text-good",
          error: "[&_[data-icon]]:text-danger",
          warning: "[&_[data-icon]]:text-warning",
          info: "[&_[data-icon]]:text-info",
          actionButton: "ml-auto shrink-0 rounded-sm font-medium text-accent hover:underline",
        },
      }}
    />
  );
}
