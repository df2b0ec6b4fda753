import type { ReactNode } from "react";
import { buttonClass } from "#components/ui/button.tsx";
import { SelectedCount } from "./select-shown.tsx";

type ActOnSelectedProps = {
  children: ReactNode;
  className?: string;
  /** Other things to do with what is selected: buttons with a `formAction` of their own. */
  more?: ReactNode;
};

/**
 * A list whose rows can be ticked (`name="account"`), and a bar that appears with the first tick and leads to one act on all of
 * them. It is a plain form: it works before any script has loaded.
 */
export function ActOnSelected({ children, className = "", more }: ActOnSelectedProps) {
  return (
    <form method="get" action="/staff/actions/batch" className={`group/pick @container/pick relative ${className}`}>
      {children}
      <div className="sticky bottom-0 z-10 hidden items-center gap-3 border-line border-t bg-panel p-3 group-has-[input[name=account]:checked]/pick:flex">
        <SelectedCount />
        <button type="submit" className={buttonClass({ variant: "primary", size: "sm" })}>
          Act on selected
        </button>
        {more}
        <button type="reset" className={buttonClass({ variant: "ghost", size: "sm" })}>
          Clear
        </button>
        <span className="hidden text-sm text-ink-3 @xl/pick:inline">
          You can review the affected accounts before anything happens.
        </span>
      </div>
    </form>
  );
}
