import { SMTPServer } from "smtp-server";

/** A mail server that keeps what it takes, and refuses for good whatever goes to `full@…`. */
export function mailbox() {
  const taken: { to: string; text: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo: ({ address }, _session, answer) =>
      address.startsWith("full@")
        ? answer(Object.assign(new Error("Mailbox is full"), { responseCode: 552 }))
        : answer(),
    onData: (stream, session, answer) => {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        // Quoted-printable breaks long lines, links among them.
        const text = Buffer.concat(parts)
          .toString("utf8")
          .replace(/=\r?\n/g, "");
        for (const { address } of session.envelope.rcptTo) taken.push({ to: address, text });
        answer(null);
      });
    },
  });
  return {
    /** What a Gatehouse needs to send through it. */
    listen: async (): Promise<{ SMTP_URL: string; MAIL_FROM: string }> => {
      const port = await new Promise<number>((resolve) => {
        server.listen(0, "127.0.0.1", () => resolve((server.server.address() as { port: number }).port));
      });
      return { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: "Gatehouse <desk@example.com>" };
    },
    close: () => new Promise<void>((resolve) => server.close(resolve)),
    /** The path of the one-time link in the latest message to an address; null = none has come. */
    linkTo: (address: string): string | null => {
      const latest = taken.filter(({ to }) => to === address).at(-1);
      return /\/(?:invite|reset|enter)\/[\w-]{20,}/.exec(latest?.text ?? "")?.[0] ?? null;
    },
    countTo: (address: string) => taken.filter(({ to }) => to === address).length,
  };
}
