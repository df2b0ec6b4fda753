/** The mark alone: a gate under a roof. */
export function ArchMark({ className }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.6" className={className}>
      <path d="M3 17.2V7.6L10 2.8l7 4.8v9.6" strokeLinejoin="round" strokeLinecap="round" />
      <path d="M6.6 17.2v-5a3.4 3.4 0 0 1 6.8 0v5" strokeLinecap="round" />
      <path d="M1.8 17.2h16.4" strokeLinecap="round" />
    </svg>
  );
}
