import { SMTPServer } from "smtp-server";
import { intakeBounds } from "../rules/mail-intake/bounds.ts";
import type { Logger } from "../runtime/log.ts";
import { type Intake, takeMessage } from "./take-message.ts";

type Door = {
  host: string;
  port: number;
  /** The one address that mail is taken for. */
  recipient: string;
};

/** Connections at a time: the provider's own mail server is the only client. */
const mostClients = 10;
const idleMs = 30_000;

/**
 * A door for the provider's own mail server, which hands reports over by SMTP. It takes mail for one address, with no sign-in and no TLS, so
 * it listens on this machine unless told otherwise. A message is answered 250 when it is stored; what could not be stored is answered
 * 451 and comes again. Returns how to close it, once what is under way is done.
 */
export async function smtpDoor(
  intake: Intake,
  { host, port, recipient }: Door,
  log: Logger,
): Promise<{ port: number; close: () => Promise<void> }> {
  const server = new SMTPServer({
    name: "gatehouse",
    banner: "Reports of abuse",
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    hidePIPELINING: true,
    size: intakeBounds.messageBytes,
    maxClients: mostClients,
    socketTimeout: idleMs,
    closeTimeout: 5_000,
    disableReverseLookup: true,
    onRcptTo: ({ address }, _session, answer) =>
      address.toLowerCase() === recipient.toLowerCase()
        ? answer()
        : answer(refusal(550, "5.1.1 Only reports of abuse are taken here")),
    onData: (stream, session, answer) => {
      const parts: Buffer[] = [];
      let size = 0;
      stream.on("data", (part: Buffer) => {
        size += part.length;
        if (size <= intakeBounds.messageBytes) parts.push(part);
        else parts.length = 0;
      });
      stream.on("end", () => {
        if (size > intakeBounds.messageBytes) return answer(refusal(552, "5.3.4 The message is too large"));
        const { mailFrom } = session.envelope;
        const message = {
          raw: Buffer.concat(parts),
          door: "smtp" as const,
          returnPath: mailFrom ? mailFrom.address : "",
        };
        takeMessage(intake, message, new Date()).then(
          // It stays in its queue and comes again; whatever else was refused would be refused again.
          (taken) =>
            taken.state === "refused" && taken.refusal === "too_many_of_sender"
              ? answer(refusal(451, "4.7.1 Too many reports of this sender; try again later"))
              : answer(null),
          (error: unknown) => {
            log.error({ err: error }, "A report by mail could not be stored; its server sends it again");
            answer(refusal(451, "4.3.0 Not stored; try again later"));
          },
        );
      });
    },
  });
  server.on("error", (error) => log.warn({ err: error }, "A connection to the door for reports failed"));
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(port, host, () => resolve());
  });
  const address = server.server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
