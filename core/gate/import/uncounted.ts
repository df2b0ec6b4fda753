import { type ImportPosition, isAfter } from "./journal-position.ts";

/** A place in the journal, and when it was its end. */
type Mark = ImportPosition & { atMs: number };

const mostMarks = 1024;

/**
 * Since when decisions wait to be counted. It is told now and then how far the journal and its import have come, and tells the age
 * of what lies between, to the second or so. Times are steady milliseconds.
 */
export class Uncounted {
  #marks: Mark[] = [];
  #counted: ImportPosition = { segment: 0, offset: 0 };

  written(end: ImportPosition, atMs: number): void {
    const last = this.#marks.at(-1) ?? this.#counted;
    if (!isAfter(end, last) || !isAfter(end, this.#counted)) return;
    this.#marks.push({ ...end, atMs });
    // The oldest stays: it is the one that is asked about.
    if (this.#marks.length > mostMarks) this.#marks = this.#marks.filter((_, index) => index % 2 === 0);
  }

  counted(position: ImportPosition): void {
    this.#counted = position;
    this.#marks = this.#marks.filter((mark) => isAfter(mark, position));
  }

  /** Null = everything is counted. */
  get sinceMs(): number | null {
    return this.#marks[0]?.atMs ?? null;
  }
}
