/** One thing looked at: what was found, and what to do when it is not as it should be. */
export interface Finding {
  what: string;
  ok: boolean;
  found: string;
  remedy?: string;
  /** Works, and could be safer: said, and no failure of the command. */
  isAdvice?: boolean;
}
