/** Why a secret that there is does not work now, for calls of the API and for looking at its token. */
export type SecretStop =
  | "replaced"
  | "revoked"
  | "expired"
  | "paused"
  | "closed"
  | "address"
  | "account_address"
  | "paused_by_provider";
