import { Link } from "#components/ui/link.tsx";
import { ArchMark } from "./arch-mark.tsx";

type ProductMarkProps = { name: string; href: string /** Which side of the desk this is. */; tag?: string };

/** The arch and the product's name. */
export function ProductMark({ name, href, tag }: ProductMarkProps) {
  return (
    <Link href={href} className="flex h-8 items-center gap-2 rounded-md px-2 text-md font-semibold">
      <ArchMark className="size-5 text-accent" />
      {name}
      {tag ? <span className="ml-auto rounded-full bg-sunk px-2 text-sm font-medium text-ink-2">{tag}</span> : null}
    </Link>
  );
}
