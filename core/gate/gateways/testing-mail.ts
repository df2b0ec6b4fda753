import { once } from "node:events";
import SMTPConnection from "nodemailer/lib/smtp-connection/index.js";
import { SMTPServer } from "smtp-server";

/** One SMTP session, as a mail client holds it. Rejections carry the server's `responseCode`. */
export class MailSession {
  readonly #connection: SMTPConnection;
  isClosed = false;

  static async open(port: number): Promise<MailSession> {
    const connection = new SMTPConnection({
      host: "127.0.0.1",
      port,
      secure: false,
      ignoreTLS: true,
      connectionTimeout: 5_000,
    });
    const session = new MailSession(connection);
    await new Promise<void>((resolve, reject) => {
      connection.once("error", reject);
      connection.connect(() => resolve());
    });
    return session;
  }

  constructor(connection: SMTPConnection) {
    this.#connection = connection;
    connection.on("error", () => undefined);
    connection.on("end", () => {
      this.isClosed = true;
    });
  }

  login(user: string, pass: string): Promise<void> {
    return new Promise((resolve, reject) =>
      this.#connection.login({ user, pass, credentials: { user, pass } }, (error) =>
        error ? reject(error) : resolve(),
      ),
    );
  }

  send(to: string[], text = "hello"): Promise<void> {
    return new Promise((resolve, reject) =>
      this.#connection.send({ from: "me@example.com", to }, `Subject: test\r\n\r\n${text}\r\n`, (error) =>
        error ? reject(error) : resolve(),
      ),
    );
  }

  /** Whether somebody answers there. */
  static async answers(port: number): Promise<boolean> {
    const session = await MailSession.open(port).catch(() => null);
    session?.close();
    return session !== null;
  }

  close(): void {
    this.#connection.close();
  }
}

/** An SMTP server that takes what it is given, from whoever it is told by XCLIENT. */
export async function mailSink(): Promise<{ port: number; logins: string[]; messages: string[]; close: () => void }> {
  const logins: string[] = [];
  const messages: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    useXClient: true,
    onData: (stream, session, answer) => {
      let text = "";
      stream.on("data", (part: Buffer) => {
        text += part.toString();
      });
      stream.on("end", () => {
        messages.push(text);
        logins.push(String(session.xClient.get("LOGIN") ?? session.user ?? ""));
        answer(null);
      });
    },
  });
  const listening = server.listen(0, "127.0.0.1");
  await once(listening, "listening");
  const address = listening.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { port, logins, messages, close: () => server.close(() => undefined) };
}
