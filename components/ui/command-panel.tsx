"use client"; // Filters while typing.

import { Command as Cmdk } from "cmdk";
import { useRouter } from "next/navigation";
import { Dialog } from "radix-ui";
import { type ReactNode, useEffect, useState } from "react";
import { cn } from "./cn.ts";
import { dialogClass, overlayClass } from "./overlay-class.ts";
import { Spinner } from "./spinner.tsx";

export type Command = {
  id: string;
  label: string;
  hint?: ReactNode;
  icon?: ReactNode;
  /** Other words that find it. */
  keywords?: string[];
  /** Where it goes, or what it does. */
  href?: string;
  onSelect?: () => void;
};

export type CommandGroup = { heading: string; commands: readonly Command[] };

export type CommandPaletteProps = {
  placeholder: string;
  groups: readonly CommandGroup[];
  /** Finds things by what is typed or pasted; asked after a short pause. Its groups come first. */
  find?: (query: string) => Promise<CommandGroup[]>;
};

type Found = { query: string; groups: CommandGroup[] };

function useFound(query: string, find: CommandPaletteProps["find"]) {
  const [found, setFound] = useState<Found>({ query: "", groups: [] });
  useEffect(() => {
    if (!find || query.length < 2) return;
    let stale = false;
    const timer = setTimeout(async () => {
      const groups = await find(query).catch(() => []);
      if (!stale) setFound({ query, groups });
    }, 150);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [query, find]);
  return {
    groups: found.query === query ? found.groups : [],
    searching: find !== undefined && query.length >= 2 && found.query !== query,
  };
}

/** The open palette. */
export default function CommandPanel(props: CommandPaletteProps & { onClose: () => void }) {
  const { placeholder, groups, find, onClose } = props;
  const [query, setQuery] = useState("");
  const found = useFound(query.trim(), find);
  const router = useRouter();

  function select(command: Command) {
    onClose();
    command.onSelect?.();
    if (command.href) router.push(command.href);
  }

  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Overlay className={overlayClass} />
        <Dialog.Content
          aria-describedby={undefined}
          className={cn(dialogClass, "top-[12vh] max-w-xl translate-y-0 overflow-hidden")}
        >
          <Dialog.Title className="sr-only">{placeholder}</Dialog.Title>
          <Cmdk label={placeholder} loop>
            <div className="flex items-center border-line border-b px-4">
              <Cmdk.Input
                value={query}
                onValueChange={setQuery}
                placeholder={placeholder}
                className="h-12 w-full bg-transparent text-md placeholder:text-ink-3 focus:outline-none"
              />
              {found.searching ? <Spinner className="text-ink-3" /> : null}
            </div>
            <Cmdk.List className="max-h-[50vh] overflow-y-auto p-1.5">
              <Cmdk.Empty className="px-3 py-8 text-center text-ink-2">
                {found.searching ? "Looking…" : "Nothing found."}
              </Cmdk.Empty>
              {found.groups.map((group) => (
                <Group key={group.heading} group={group} query={query} onSelect={select} />
              ))}
              {groups.map((group) => (
                <Group key={group.heading} group={group} onSelect={select} />
              ))}
            </Cmdk.List>
          </Cmdk>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type GroupProps = { group: CommandGroup; query?: string; onSelect: (command: Command) => void };

function Group({ group, query, onSelect }: GroupProps) {
  return (
    <Cmdk.Group
      heading={group.heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-sm [&_[cmdk-group-heading]]:text-ink-3"
    >
      {group.commands.map((command) => (
        <Cmdk.Item
          key={command.id}
          value={command.id}
          // What a search found is shown whatever its label says: the query is one of its words.
          keywords={[command.label, ...(command.keywords ?? []), ...(query ? [query] : [])]}
          onSelect={() => onSelect(command)}
          className="flex h-9 cursor-default items-center gap-2.5 rounded-md px-2.5 select-none data-[selected=true]:bg-sunk [&_svg]:size-4 [&_svg]:text-ink-3"
        >
          {command.icon}
          <span className="min-w-0 flex-1 truncate">{command.label}</span>
          <span className="shrink-0 text-sm text-ink-3">{command.hint}</span>
        </Cmdk.Item>
      ))}
    </Cmdk.Group>
  );
}
