import { createTransport } from "nodemailer";
import { mailsAtOnce } from "../frame/queue.ts";

export type OutgoingMail = { messageId: string; to: string; subject: string; text: string; html: string };

export type Transport = {
  /** Resolves when the mail server took the message; throws its refusal or the network's failure. */
  send: (message: OutgoingMail) => Promise<void>;
  close: () => void;
};

/** A pool of connections to the mail server at `url`, with patience of a few seconds for each step. */
export function smtpTransport(url: string, from: string): Transport {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: mailsAtOnce,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    // A message is made of our own strings; nothing in it may make the worker read a file or a URL.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async ({ messageId, to, subject, text, html }) => {
      await transport.sendMail({
        ...{ from, to: { name: "", address: to }, messageId, subject, text, html },
        // RFC 3834: whoever answers by a program leaves these alone.
        headers: { "Auto-Submitted": "auto-generated" },
      });
    },
    close: () => transport.close(),
  };
}
