import { slotsPerRing } from "../../rules/limits/rate-limit.ts";

const ringsPerSlab = 4096;

/** Room for rings in few large arrays: nothing for the garbage collector to follow, and freed room is used again. */
export class RingSlots {
  readonly #free: { slots: Uint32Array; base: number }[] = [];

  take(): { slots: Uint32Array; base: number } {
    return this.#free.pop() ?? this.#grow();
  }

  giveBack(slots: Uint32Array, base: number): void {
    slots.fill(0, base, base + slotsPerRing);
    this.#free.push({ slots, base });
  }

  #grow(): { slots: Uint32Array; base: number } {
    const slots = new Uint32Array(ringsPerSlab * slotsPerRing);
    for (let i = 1; i < ringsPerSlab; i++) this.#free.push({ slots, base: i * slotsPerRing });
    return { slots, base: 0 };
  }
}
