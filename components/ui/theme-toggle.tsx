"use client"; // Changes the theme of the page.

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { Segmented } from "./segmented.tsx";
import { useHydrated } from "./use-hydrated.ts";

const icon = "size-3.5";
const options = [
  { value: "light", label: <Choice icon={<Sun aria-hidden className={icon} />} word="Light" /> },
  { value: "dark", label: <Choice icon={<Moon aria-hidden className={icon} />} word="Dark" /> },
  { value: "system", label: <Choice icon={<Monitor aria-hidden className={icon} />} word="System" /> },
];

function Choice({ icon, word }: { icon: React.ReactNode; word: string }) {
  return (
    <span className="flex items-center gap-1.5">
      {icon}
      {word}
    </span>
  );
}

/** Light, dark or system. */
export function ThemeToggle() {
  const { theme, setTheme } = useTheme();
  const hydrated = useHydrated();
  return (
    <Segmented
      name="theme"
      legend="Theme"
      hideLegend
      options={options}
      value={hydrated ? (theme ?? "system") : ""}
      onValueChange={setTheme}
    />
  );
}
