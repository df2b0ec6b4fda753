/** For tests only: messages as the public specifications have them, and hostile ones. */

const crlf = (text: string) => Buffer.from(text.replace(/\r?\n/g, "\r\n"), "utf8");

type Plain = { from?: string; subject?: string; messageId?: string | null; headers?: string[]; body?: string };

export function plainMail({
  from = "Rita Reader <rita@reader.example>",
  subject = "Spam from you",
  ...more
}: Plain = {}): Buffer {
  const {
    messageId = `<${crypto.randomUUID()}@reader.example>`,
    headers = [],
    body = "They write to me uninvited.",
  } = more;
  const lines = [
    `From: ${from}`,
    "To: abuse@provider.example",
    `Subject: ${subject}`,
    "Date: Thu, 8 Mar 2005 14:00:00 -0400",
    ...(messageId === null ? [] : [`Message-ID: ${messageId}`]),
    "MIME-Version: 1.0",
    ...headers,
  ];
  return crlf(`${lines.join("\n")}\n\n${body}\n`);
}

type Report = { headers?: string[]; report?: string[]; reported?: string[]; messageId?: string; from?: string };

/**
 * The full report of RFC 5965, appendix B.2, with fields of the reported message, and of RFC 6650's way of sending it: From a mailbox that
 * is watched, of the domain that signs.
 */
export function feedbackReport({ headers = [], report = [], reported = [], ...more }: Report = {}): Buffer {
  const { messageId = "<20030712040037.46341.5F8J@example.com>", from = "<abusedesk@example.com>" } = more;
  return crlf(`${[...headers, `From: ${from}`].join("\n")}
Date: Thu, 8 Mar 2005 17:40:36 EDT
Subject: FW: Earn money
To: <abuse@example.net>
Message-ID: ${messageId}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report;
     boundary="part1_13d.2e68ed54_boundary"

--part1_13d.2e68ed54_boundary
Content-Type: text/plain; charset="US-ASCII"
Content-Transfer-Encoding: 7bit

This is an email abuse report for an email message received from IP
192.0.2.1 on Thu, 8 Mar 2005 14:00:00 EDT.
For more information about this format please see
http://www.mipassoc.org/arf/.

--part1_13d.2e68ed54_boundary
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1
Original-Mail-From: <somespammer@example.net>
Original-Rcpt-To: <user@example.com>
Arrival-Date: Thu, 8 Mar 2005 14:00:00 EDT
Reporting-MTA: dns; mail.example.com
Source-IP: 192.0.2.1
Authentication-Results: mail.example.com;
               spf=fail smtp.mail=somespammer@example.com
Reported-Domain: example.net
Reported-URI: http://example.net/earn_money.html
Reported-URI: mailto:user@example.com
Removal-Recipient: user@example.com
${report.join("\n")}

--part1_13d.2e68ed54_boundary
Content-Type: message/rfc822
Content-Disposition: inline

From: <somespammer@example.net>
Received: from mailserver.example.net (mailserver.example.net
     [192.0.2.1]) by example.com with ESMTP id M63d4137594e46;
     Tue, 08 Mar 2005 14:00:00 -0400
${reported.map((line) => `${line}\n`).join("")}To: <Undisclosed Recipients>
Subject: Earn money
MIME-Version: 1.0
Content-type: text/plain
Message-ID: 8787KJKJ3K4J3K4J3K4J3.mail@example.net
Date: Thu, 02 Sep 2004 12:31:03 -0500

Spam Spam Spam
Spam Spam Spam
Spam Spam Spam
Spam Spam Spam
--part1_13d.2e68ed54_boundary--
`);
}

/** As many multiparts within each other as asked for. */
export function nested(depth: number): Buffer {
  let text = "From: a@b.example\nSubject: deep\nMIME-Version: 1.0\n";
  for (let i = 0; i < depth; i += 1) text += `Content-Type: multipart/mixed; boundary="b${i}"\n\n--b${i}\n`;
  return crlf(`${text}Content-Type: text/plain\n\nbottom\n`);
}

/** One boundary, as many parts as asked for. */
export function manyParts(parts: number): Buffer {
  const head = 'From: a@b.example\nSubject: many\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="x"\n\n';
  return crlf(`${head}${"--x\n\npart\n".repeat(parts)}--x--\n`);
}

/** Messages within messages. */
export function messagesWithin(depth: number): Buffer {
  const head = (i: number) => `From: a@b.example\nSubject: within ${i}\nMIME-Version: 1.0\n`;
  let text = "";
  for (let i = 0; i < depth; i += 1) text += `${head(i)}Content-Type: message/rfc822\n\n`;
  return crlf(`${text}${head(depth)}\nbottom\n`);
}

/** With one attachment. */
export function withAttachment(name: string, type: string, base64: string, body = "See the attachment."): Buffer {
  return crlf(`From: Rita <rita@reader.example>
Subject: with an attachment
Message-ID: <${crypto.randomUUID()}@reader.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="mixed"

--mixed
Content-Type: text/plain; charset=utf-8

${body}
--mixed
Content-Type: ${type}; name="${name}"
Content-Disposition: attachment; filename="${name}"
Content-Transfer-Encoding: base64

${base64.replace(/.{76}/g, "$&\n")}
--mixed--
`);
}
