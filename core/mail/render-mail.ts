import * as format from "#words/format.ts";
import type { MailContent } from "./mail-content.ts";

export type RenderedMail = { subject: string; textBody: string; htmlBody: string };

/**
 * Sets a message as text and as HTML of the same words. Everything is escaped; the subject loses line breaks, so that no name
 * chosen by a customer can add a header. The HTML carries its styles inline because mail programs drop style sheets.
 */
export function renderMail(content: MailContent): RenderedMail {
  const subject = content.subject.replace(/\s+/g, " ").trim();
  return { subject, textBody: asText(content), htmlBody: asHtml({ ...content, subject }) };
}

function asText({ paragraphs, facts = [], link, footer }: MailContent): string {
  const width = Math.max(0, ...facts.map(([label]) => label.length));
  const blocks = [
    ...paragraphs,
    facts.map(([label, value]) => `${`${label}:`.padEnd(width + 2)}${value}`).join("\n"),
    link ? `${link.label}:\n${link.url}` : "",
    `-- \n${footer}`,
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

const ink = "color:#1c1917;font:15px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif";
const quiet = "color:#57534e;font-size:13px";

function asHtml({ subject, paragraphs, facts = [], link, footer }: MailContent): string {
  const rows = facts.map(
    ([label, value]) =>
      `<tr><td style="padding:2px 16px 2px 0;${quiet}">${escapeHtml(label)}</td><td style="padding:2px 0">${escapeHtml(value)}</td></tr>`,
  );
  const body = [
    `<h1 style="font-size:18px;margin:0 0 16px">${escapeHtml(subject)}</h1>`,
    ...paragraphs.map((text) => `<p style="margin:0 0 12px">${escapeHtml(text).replaceAll("\n", "<br>")}</p>`),
    rows.length > 0
      ? `<table role="presentation" style="border-collapse:collapse;margin:0 0 16px">${rows.join("")}</table>`
      : "",
    link
      ? `<p style="margin:0 0 16px"><a href="${escapeHtml(link.url)}" style="background:#1c1917;color:#fff;padding:8px 16px;border-radius:6px;text-decoration:none;display:inline-block">${escapeHtml(link.label)}</a></p><p style="margin:0 0 16px;${quiet};word-break:break-all">${escapeHtml(link.url)}</p>`
      : "",
    `<p style="margin:24px 0 0;padding-top:12px;border-top:1px solid #e7e5e4;${quiet}">${escapeHtml(footer)}</p>`,
  ];
  return `<!doctype html><html lang="${format.language}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head><body style="margin:0;padding:24px;background:#fff;${ink}"><div style="max-width:560px;margin:0 auto">${body.join("")}</div></body></html>`;
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
