import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button, ButtonLink } from "./button.tsx";

type ErrorPanelProps = {
  /** `h1` when it is the whole page. */
  heading?: "p" | "h1" | "h2";
  title?: ReactNode;
  /** What happened, what still works, what to do next. */
  children?: ReactNode;
  /** Try again in place. */
  retry?: () => void;
  /** Try again by loading this address, where no script may be running. */
  retryHref?: string;
  /** The id under which the server logged it. */
  reference?: string;
};

/** Something could not be shown. */
export function ErrorPanel(props: ErrorPanelProps) {
  const { heading: Heading = "p", title = "This could not be loaded", children, retry, retryHref, reference } = props;
  return (
    <div role="alert" className="flex flex-col items-center gap-1 px-6 py-10 text-center">
      <CircleAlert aria-hidden className="mb-2 size-5 text-danger" strokeWidth={1.75} />
      <Heading className="font-semibold">{title}</Heading>
      {children ? <div className="max-w-md text-ink-2">{children}</div> : null}
      {reference ? (
        <p className="text-sm text-ink-3">
          Reference <code className="select-all text-ink-2">{reference}</code>
        </p>
      ) : null}
      <div className="mt-3 flex flex-wrap justify-center gap-2">
        {retry ? <Button onClick={retry}>Try again</Button> : null}
        {retryHref ? (
          <ButtonLink href={retryHref} prefetch={false}>
            Try again
          </ButtonLink>
        ) : null}
      </div>
    </div>
  );
}
