import { type DecisionCode, decisionCodes, type GateUnavailableCode } from "../../rules/vocabulary.ts";

/** What the gate counts about itself since its start. */
export class GateCounts {
  readonly byCode = new Map<DecisionCode, number>(decisionCodes.map((code) => [code, 0]));
  readonly unavailable = new Map<GateUnavailableCode, number>();
  decisions = 0;
  repeated = 0;
  probes = 0;
  lookups = 0;
  /** Requests let through undecided or unrecorded because GATE_FAIL=open. */
  failedOpen = 0;
  importedRecords = 0;
  importedBytes = 0;
  damagedRecords = 0;
  importFailures = 0;

  decided(code: DecisionCode): void {
    this.decisions++;
    this.byCode.set(code, (this.byCode.get(code) ?? 0) + 1);
  }

  couldNot(code: GateUnavailableCode): void {
    this.unavailable.set(code, (this.unavailable.get(code) ?? 0) + 1);
  }
}
