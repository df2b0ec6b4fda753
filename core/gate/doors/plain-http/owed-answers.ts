import type { PlainCall } from "./plain-call.ts";
import { writePlainAnswer } from "./write-plain-answer.ts";

/** The calls of a connection in the order they came: not answered, or behind one that is not. */
export class OwedAnswers {
  readonly #calls: PlainCall[] = [];

  get count(): number {
    return this.#calls.length;
  }

  add(call: PlainCall): void {
    this.#calls.push(call);
  }

  /** It is not to be answered here. */
  dropLast(): void {
    this.#calls.pop();
  }

  /** Takes what can go out now, as it is sent; empty = nothing. With `isEnding` the last answer of all says that the connection ends. */
  takeReady(keepAliveSeconds: number, isEnding: boolean): string {
    const calls = this.#calls;
    let text = "";
    let ready = 0;
    for (let answer = calls[0]?.answered; answer; answer = calls[ready]?.answered) {
      ready++;
      const isLast = isEnding && ready === calls.length;
      text += writePlainAnswer(answer, isLast ? null : keepAliveSeconds, Date.now());
    }
    if (ready === calls.length) calls.length = 0;
    else calls.splice(0, ready);
    return text;
  }
}
