import { type ViewKind, viewKinds } from "../../core/rules/vocabulary.ts";

const views: Record<ViewKind, string> = {
  account: "the account: its details, tokens, members and usage",
  case: "a case about the account",
  receipt: "a refused request",
  member_email: "a member's full e-mail address",
  reporter_email: "the full e-mail address of a reporter",
  mail_address: "the full address a message was sent to",
  request_address: "the full address a request came from",
  token_address: "the full address a token was last used from",
};

/** What staff looked at, after "Support staff looked at"; of a later version its own name. */
export function view(what: string): string {
  const known = viewKinds.find((one) => one === what);
  return known ? views[known] : what;
}
