import type { ReactNode } from "react";
import { Button, buttonClass } from "./button.tsx";

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
  const { heading: Heading = "p", title = "Could not be loaded", children, retry, retryHref, reference } = props;
  return (
    <div role="alert" className="flex flex-col items-center gap-1 px-6 py-10 text-center">
      <AlertMark />
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
          <a href={retryHref} className={buttonClass()}>
            Try again
          </a>
        ) : null}
      </div>
    </div>
  );
}

/** Drawn here: the panel must not need what may be what failed to load. */
function AlertMark() {
  return (
    <svg
      aria-hidden
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      className="mb-2 size-5 text-danger"
    >
      <circle cx="12" cy="12" r="10" />
      <path d="M12 8v4M12 16h.01" />
    </svg>
  );
}
