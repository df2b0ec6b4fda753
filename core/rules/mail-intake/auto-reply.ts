/** What is known of who sent a message and how, all lower case; null = there is no such header. */
export type SentBy = {
  from: string | null;
  /** Envelope sender; empty = the null return path (RFC 5321, 4.5.5). */
  returnPath: string | null;
  autoSubmitted: string | null;
  precedence: string | null;
  /** Of a mailing list, or sent by a program that asks for no answer. */
  isList: boolean;
  suppressesReplies: boolean;
  contentType: string;
};

const noReply = /^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|abuse|autoreply)(?:[+@-]|$)/;

/**
 * Whether a message may be answered by a program (RFC 3834, section 2): a person sent it to us. Whatever a program sent, a list passed
 * on or nobody can be answered at gets nothing, or two programs would go on answering each other.
 */
export function mayBeAnswered(by: SentBy): boolean {
  if (by.from === null || by.returnPath === "") return false;
  if (by.autoSubmitted !== null && by.autoSubmitted !== "no") return false;
  if (by.precedence !== null && ["bulk", "junk", "list", "auto_reply"].includes(by.precedence)) return false;
  if (by.isList || by.suppressesReplies) return false;
  if (noReply.test(by.from) || (by.returnPath !== null && noReply.test(by.returnPath))) return false;
  return !by.contentType.startsWith("multipart/report");
}

/** Whether it tells what became of mail that was sent, and reports nobody: a bounce, or that something was read. */
export function isDeliveryReport(contentType: string): boolean {
  return (
    /^message\/(?:delivery-status|disposition-notification)/.test(contentType) ||
    (contentType.startsWith("multipart/report") &&
      /report-type="?(?:delivery-status|disposition-notification)/.test(contentType))
  );
}
