import type { Detector } from "./detector.ts";
import { probing } from "./probing.ts";
import { rateExcess } from "./rate-excess.ts";
import { retiredSecret } from "./retired-secret.ts";

/** Every detector there is. A new one is one file and one line here. */
export const detectors: readonly Detector[] = [rateExcess, probing, retiredSecret];

export function detectorOf(id: string): Detector | undefined {
  return detectors.find((detector) => detector.id === id);
}
