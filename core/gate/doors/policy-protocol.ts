/** One question of Postfix's policy protocol: its attributes by name. */
export type PolicyQuestion = ReadonlyMap<string, string>;

/** Postfix sends about 30 attributes; an address has at most 320 bytes. */
const maxQuestionLength = 32_768;

/** Splits a connection into questions: `name=value` lines that end with an empty one. */
export class PolicyReader {
  #pending = "";

  /** The questions complete with this piece; null = this is not the protocol, and the connection should end. */
  read(piece: string): PolicyQuestion[] | null {
    this.#pending += piece;
    const questions: PolicyQuestion[] = [];
    for (;;) {
      const end = this.#pending.indexOf("\n\n");
      if (end === -1) break;
      const question = parseQuestion(this.#pending.slice(0, end));
      this.#pending = this.#pending.slice(end + 2);
      if (question === null) return null;
      questions.push(question);
    }
    return this.#pending.length > maxQuestionLength ? null : questions;
  }
}

function parseQuestion(text: string): PolicyQuestion | null {
  const attributes = new Map<string, string>();
  for (const line of text.split("\n")) {
    const equals = line.indexOf("=");
    if (equals <= 0) return null;
    attributes.set(line.slice(0, equals), line.slice(equals + 1));
  }
  return attributes.get("request") === "smtpd_access_policy" ? attributes : null;
}
