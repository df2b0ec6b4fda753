import type { DeliveryState } from "../../core/rules/vocabulary.ts";

export const deliveryStates: Record<DeliveryState, string> = {
  waiting: "Waiting",
  delivered: "Delivered",
  failed: "Failed",
  skipped: "Skipped",
};
