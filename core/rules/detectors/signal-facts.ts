/** What a detector that looks at traffic has seen. Shares are fractions of one. */
export type SignalFacts =
  | { kind: "rate_excess"; shareOf10Minutes: number; shareOf60Minutes: number; refused: number; requests: number }
  | { kind: "retry_storm"; early: number; refused: number }
  | { kind: "quota_burn"; quota: number; usedUpAtMs: number; days: number; refused: number }
  | { kind: "quota_overrun"; refused: number; quota: number }
  | { kind: "spike"; requests: number; usual: number; isRunning?: boolean }
  /** Attempts with unknown tokens from where only this account is, or with its own tokens from many addresses. */
  | { kind: "credential_attack"; from: string; attempts: number; tokens: number; isOwnAddress: boolean }
  | { kind: "credential_attack"; from: null; addresses: number }
  /**
   * `isSample` = not every refusal was kept with its path, so there may be more of them. `answered` of the refused were answered so by the
   * API itself. `from` = the address from which several tokens took turns.
   */
  | {
      kind: "probing";
      distinctPaths: number;
      isSample: boolean;
      refused: number;
      requests: number;
      answered?: number;
      from?: string | null;
      tokens?: number;
    }
  /** `example` = one of the paths, or the name of the scanner. */
  | { kind: "known_scan"; what: "scanner_client" | "traversal" | "sensitive_files"; distinct: number; example: string }
  | { kind: "broken_client"; errors: number; reported: number }
  | { kind: "token_sharing"; networks: number; usual: number }
  | { kind: "dormant_wakes"; requests: number; idleDays: number }
  | { kind: "new_account_races"; requests: number; ageDays: number; cohortP95: number }
  | { kind: "dead_token_use"; calls: number; isRevoked: boolean }
  | { kind: "bounce_rate" | "complaint_rate"; bad: number; recipients: number }
  | { kind: "privacy_policy_missing"; integration: string; others: number; isNamed: boolean };
