import { CopyButton } from "./copy-button.tsx";

/** Byte-exact text in mono with a copy button: ids, previews, commands. */
export function SecretText({ value, what, wrap = false }: { value: string; what: string; wrap?: boolean }) {
  return (
    <span className="flex min-w-0 items-start gap-1 rounded-md border border-line bg-sunk py-0.75 pr-0.75 pl-3">
      <code
        // A long command scrolls sideways, so the keyboard must be able to reach it.
        tabIndex={wrap ? undefined : 0}
        className={
          wrap
            ? "min-w-0 flex-1 py-1.5 break-all whitespace-pre-wrap"
            : "min-w-0 flex-1 overflow-x-auto py-1.5 whitespace-pre"
        }
      >
        {value}
      </code>
      <CopyButton value={value} what={what} />
    </span>
  );
}
