import { ArrowLeft } from "lucide-react";

/** The way back to the provider's product, out of a frame of its page too. */
export function BackToProvider({ url }: { url: string }) {
  return (
    <a href={url} target="_top" className="flex items-center gap-1.5 px-2.5 text-ink-2 hover:text-ink">
      <ArrowLeft aria-hidden className="size-4" />
      Back to {new URL(url).host}
    </a>
  );
}
