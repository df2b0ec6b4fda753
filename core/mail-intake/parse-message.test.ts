import { describe, expect, it } from "vitest";
import { intakeBounds } from "../rules/mail-intake/bounds.ts";
import { parseMessage } from "./parse-message.ts";
import { type ParsedMail, parsedMail } from "./parsed-mail.ts";
import { feedbackReport, manyParts, messagesWithin, nested, plainMail, withAttachment } from "./testing-mails.ts";

async function read(raw: Uint8Array): Promise<ParsedMail> {
  const result = await parseMessage(raw);
  if ("refused" in result) throw new Error(`refused: ${result.refused}`);
  // Whatever is read passes the schema that the use case holds it to.
  return parsedMail.parse(result);
}

const refused = async (raw: Uint8Array) => {
  const result = await parseMessage(raw);
  return "refused" in result ? result.refused : null;
};

describe("a feedback report (RFC 5965, appendix B.2)", () => {
  it("is read field by field, with the reported message as text", async () => {
    const mail = await read(
      feedbackReport({ reported: ["X-Gatehouse-Account: ext:C-4711"], report: ["Incidents: 3"] }),
    );
    expect(mail.feedback).toEqual({
      ...{ type: "abuse", userAgent: "SomeGenerator/1.0", originalMailFrom: "somespammer@example.net" },
      ...{
        sourceIp: "192.0.2.1",
        reportedDomains: ["example.net"],
        incidents: 3,
        arrivedAt: "2005-03-08T18:00:00.000Z",
      },
    });
    expect(mail).toMatchObject({ fromAddress: "abusedesk@example.com", subject: "FW: Earn money" });
    expect(mail.text).toContain("This is an email abuse report");
    expect(mail.reportedHeaders).toContain("X-Gatehouse-Account: ext:C-4711");
    expect(mail.evidence).toContain("Feedback-Type: abuse");
    expect(mail.evidence).toContain("Spam Spam Spam");
    expect(mail.attachments).toMatchObject([{ type: "message/rfc822" }]);
  });

  it("with the reported headers only (text/rfc822-headers) is read too", async () => {
    const raw = Buffer.from(feedbackReport().toString().replace("message/rfc822\r\n", "text/rfc822-headers\r\n"));
    expect((await read(raw)).reportedHeaders).toContain("mailserver.example.net");
  });

  it("without its one required field, or one made up of millions of incidents, counts for no more than one person could see", async () => {
    const bare = Buffer.from(feedbackReport().toString().replace("Feedback-Type: abuse\r\n", ""));
    expect((await read(bare)).feedback).toBeNull();
    expect((await read(feedbackReport({ report: ["Incidents: 99999999"] }))).feedback?.incidents).toBe(100);
    expect((await read(feedbackReport({ report: ["Incidents: -5"] }))).feedback?.incidents).toBe(1);
  });
});

describe("what a message is kept as", () => {
  it("is text: of HTML the words, of attachments the name, type and size", async () => {
    const html = plainMail({
      headers: ["Content-Type: text/html; charset=utf-8"],
      body: `<html><head><title>x</title><style>p{}</style></head><body><p>They <b>spam</b> me &amp; others.<br>Stop&#33;</p>
        <script>alert("no")</script><img src="http://tracker.example/x.png" onerror=alert(1)></body></html>`,
    });
    const { text } = await read(html);
    expect(text).toMatch(/^They spam me & others\.\nStop!/);
    expect(text).not.toMatch(/alert|tracker|<|style/);
    const zip = await read(
      withAttachment("proof.zip", "application/zip", Buffer.from("PK\u0003\u0004 and more").toString("base64")),
    );
    expect(zip.attachments).toEqual([{ name: "proof.zip", type: "application/zip", sizeBytes: 13 }]);
    expect(JSON.stringify(zip)).not.toContain("and more");
  });

  it("holds no mark of direction and nothing unseen, in names of files as well", async () => {
    const name = `=?utf-8?B?${Buffer.from("invoice\u202Efdp.exe").toString("base64")}?=`;
    const { attachments } = await read(withAttachment(name, "application/pdf", "AAAA"));
    expect(attachments[0]?.name).toBe("invoicefdp.exe");
    const odd = await read(plainMail({ subject: "a\u202Eb", body: "one\u0000two\u0007three\u2066four" }));
    expect(odd).toMatchObject({ subject: "ab", text: "onetwothreefour" });
  });

  it("is bounded, however long the message", async () => {
    const long = await read(plainMail({ body: "ä word ".repeat(200_000), subject: "s".repeat(900) }));
    expect(long.text.length).toBe(intakeBounds.textChars);
    expect(long.subject.length).toBe(300);
  });

  it("names a message the same when it is delivered again with further headers and other line ends, and another when its text differs", async () => {
    const raw = plainMail({ messageId: "<same@reader.example>" });
    const again = Buffer.concat([
      Buffer.from("Received: by mx2.provider.example\nX-Spam: no\n"),
      Buffer.from(raw.toString().replaceAll("\r", "")),
    ]);
    const [one, two] = [await read(raw), await read(again)];
    expect(two.digest).toBe(one.digest);
    expect((await read(plainMail({ messageId: "<same@reader.example>", body: "Something else." }))).digest).not.toBe(
      one.digest,
    );
    const unnamed = { messageId: null, body: "No Message-ID." };
    expect((await read(plainMail(unnamed))).digest).toBe((await read(plainMail(unnamed))).digest);
    expect((await read(plainMail({ ...unnamed, subject: "other" }))).digest).not.toBe(
      (await read(plainMail(unnamed))).digest,
    );
  });
});

describe("a hostile message", () => {
  it.each([
    ["1,000 parts within each other", () => nested(1_000), /too_deep|too_many_parts/],
    ["50 parts within each other", () => nested(50), /too_deep/],
    ["10,000 parts", () => manyParts(10_000), /too_many_parts/],
    [
      "a header bomb",
      () => plainMail({ headers: Array.from({ length: 20_000 }, (_, i) => `X-H${i}: ${"v".repeat(60)}`) }),
      /headers_too_large/,
    ],
    [
      "one header of megabytes",
      () => plainMail({ headers: [`X-Long: ${"v".repeat(3_000_000)}`] }),
      /headers_too_large/,
    ],
    ["11 MB", () => Buffer.alloc(11 * 1024 * 1024, "a"), /too_large/],
    [
      "a boundary for each of 300 parts",
      () =>
        plainMail({
          body: Array.from({ length: 300 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}`).join("\n"),
        }),
      /too_many_parts/,
    ],
  ])("of %s is refused with the reason", async (_, make, reason) => {
    expect(await refused(make())).toMatch(reason);
  });

  it.each([
    ["messages within messages, 1,000 deep", () => messagesWithin(1_000)],
    [
      "unknown and broken charsets",
      () => plainMail({ headers: ["Content-Type: text/plain; charset=klingon-8"], body: "k\u00e4" }),
    ],
    [
      "half a character",
      () => Buffer.concat([plainMail({ headers: ["Content-Type: text/plain; charset=utf-8"] }), Buffer.from([0xc3])]),
    ],
    ["base64 garbage", () => withAttachment("x.bin", "application/octet-stream", "!!!!not base64 ~~~~ %%%% ====")],
    ["an encoded word that never ends", () => plainMail({ subject: `=?utf-8?B?${"A".repeat(5_000)}` })],
    ["a boundary that never comes", () => plainMail({ headers: ['Content-Type: multipart/mixed; boundary="never"'] })],
    ["an empty boundary", () => plainMail({ headers: ['Content-Type: multipart/mixed; boundary=""'] })],
    ["no header at all", () => Buffer.from("\r\njust text")],
    ["nothing", () => Buffer.alloc(0)],
    ["zeros", () => Buffer.alloc(100_000)],
    ["an address that is a program", () => plainMail({ from: '"<script>" <"a b"@[127.0.0.1]>' })],
    ["9 MB of one line", () => plainMail({ body: "a".repeat(9 * 1024 * 1024) })],
    ["9 MB of lines that look like parts", () => plainMail({ body: "--x\n".repeat(2 * 1024 * 1024) })],
    [
      "a zip bomb, 1,000 to 1, which nobody opens",
      () => withAttachment("bomb.zip", "application/zip", Buffer.alloc(4_000_000).toString("base64")),
    ],
  ])("of %s is read within its bounds", async (_, make) => {
    const result = await parseMessage(make());
    if (!("refused" in result)) parsedMail.parse(result);
    expect(JSON.stringify(result).length).toBeLessThan(200_000);
  });

  it("made of random bytes and pieces of messages never does more than be refused", async () => {
    const pieces = feedbackReport()
      .toString("latin1")
      .split(/(?<=\n)/);
    let seed = 42;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    for (let i = 0; i < 300; i += 1) {
      const parts = Array.from({ length: random(60) }, () =>
        random(6) === 0 ? String.fromCharCode(random(256)).repeat(random(200)) : (pieces[random(pieces.length)] ?? ""),
      );
      const result = await parseMessage(Buffer.from(parts.join(""), "latin1"));
      if (!("refused" in result)) parsedMail.parse(result);
    }
  });
});
