import { minuteMs, secondMs } from "../../rules/time.ts";
import type { DecisionCode, Surface } from "../../rules/vocabulary.ts";

const mostInEntry = 0xffff;

/** Decisions of one kind about one token in one minute, while they are added up. */
export class UsageCount {
  readonly accountId: string;
  readonly tokenId: string;
  readonly endpointId: number;
  readonly surface: Surface;
  readonly outcome: DecisionCode;
  /** Start of the minute. */
  readonly atMs: number;
  requests = 0;
  spent = 0;
  /** A character for each byte: short strings of these take the least memory. */
  #shape = "";
  #second = 0;
  #inSecond = 0;

  constructor(
    accountId: string,
    tokenId: string,
    endpointId: number,
    surface: Surface,
    outcome: DecisionCode,
    atMs: number,
  ) {
    this.accountId = accountId;
    this.tokenId = tokenId;
    this.endpointId = endpointId;
    this.surface = surface;
    this.outcome = outcome;
    this.atMs = atMs;
  }

  /** A decision of this minute. */
  add(atMs: number, spent: number): void {
    this.requests++;
    this.spent += spent;
    const second = Math.floor((atMs % minuteMs) / secondMs);
    if (second !== this.#second || this.#inSecond === mostInEntry) {
      this.#shape = this.#closed();
      this.#second = second;
      this.#inSecond = 0;
    }
    this.#inSecond++;
  }

  /** The minute's shape as `usage_minute.seconds` keeps it, in hex: for each entry the second in one byte, the decisions in two. */
  get seconds(): string {
    return Buffer.from(this.#closed(), "latin1").toString("hex");
  }

  #closed(): string {
    if (this.#inSecond === 0) return this.#shape;
    return this.#shape + String.fromCharCode(this.#second, this.#inSecond >> 8, this.#inSecond & 0xff);
  }
}

export type SecondCount = { tokenId: string; endpointId: number; atMs: number; allowed: number; refused: number };

/** The seconds of a count, as `usage_seconds()` reads them but that several may be of the same second. */
export function readShape({ tokenId, endpointId, outcome, atMs, seconds }: UsageCount): SecondCount[] {
  return (seconds.match(/.{6}/g) ?? []).map((entry) => {
    const value = Number.parseInt(entry, 16);
    const requests = value & mostInEntry;
    const isAllowed = outcome === "allowed";
    return {
      ...{ tokenId, endpointId, atMs: atMs + (value >> 16) * secondMs },
      ...{ allowed: isAllowed ? requests : 0, refused: isAllowed ? 0 : requests },
    };
  });
}
