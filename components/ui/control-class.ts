/** The look every text-like control shares. */
export const controlClass =
  "w-full min-w-0 rounded-md border border-line-strong bg-panel px-2.5 text-base text-ink transition-colors " +
  "placeholder:text-ink-3 hover:border-ink-3 focus-visible:border-accent focus-visible:outline-offset-0 " +
  "aria-invalid:border-danger disabled:cursor-not-allowed disabled:bg-sunk disabled:text-ink-3 [&[readonly]]:bg-sunk";
