import { type ViewKind, viewKinds } from "../../core/rules/vocabulary.ts";

const views: Record<ViewKind, string> = {
  account: "Account",
  case: "Case",
  receipt: "Receipt",
  member_email: "Member's e-mail address",
  reporter_email: "Reporter's e-mail address",
  mail_address: "Recipient's address",
  request_address: "Address of a request",
  token_address: "Address of a token's last use",
};

/** What a colleague looked at; of a later version its own name. */
export function view(what: string): string {
  const known = viewKinds.find((one) => one === what);
  return known ? views[known] : what;
}
