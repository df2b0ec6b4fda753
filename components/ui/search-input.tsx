"use client"; // Searches while typing; without a script Enter does it.

import { Search } from "lucide-react";
import Form from "next/form";
import { useEffect, useRef } from "react";
import { cn } from "./cn.ts";
import { controlClass } from "./control-class.ts";

type SearchInputProps = {
  label: string;
  placeholder?: string;
  /** The parameter in the URL. */
  name?: string;
  defaultValue?: string;
  /** Other parameters of the URL that stay. */
  keep?: Readonly<Record<string, string>>;
  className?: string;
};

/** Filters a list by text; the text lives in the URL. */
export function SearchInput({ label, placeholder, name = "q", defaultValue, keep = {}, className }: SearchInputProps) {
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function search() {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => form.current?.requestSubmit(), 250);
  }

  return (
    <search className={cn("w-full max-w-72", className)}>
      <Form ref={form} action="" replace scroll={false} className="relative">
        <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-ink-3" />
        <input
          type="search"
          name={name}
          aria-label={label}
          placeholder={placeholder ?? label}
          defaultValue={defaultValue}
          autoComplete="off"
          onChange={search}
          className={cn(controlClass, "h-8 pl-8")}
        />
        {Object.entries(keep).map(([key, value]) => (
          <input key={key} type="hidden" name={key} value={value} />
        ))}
      </Form>
    </search>
  );
}
