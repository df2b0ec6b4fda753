import type { MailWords } from "#words/words.ts";

/** What a message says, before it is set as text and as HTML. Plain strings; the rendering escapes them. */
export type MailContent = {
  subject: string;
  /** One per paragraph. */
  paragraphs: string[];
  /** Label and value, shown as a list below the paragraphs. */
  facts?: [label: string, value: string][];
  /** The one thing to do. */
  link?: { label: string; url: string };
  /** Why this person gets it and how to get fewer of them. */
  footer: string;
};

/** A message in words, with where its one thing is done. */
export function mailContent({ linkLabel, ...said }: MailWords, url: string): MailContent {
  return { ...said, link: { label: linkLabel, url } };
}
