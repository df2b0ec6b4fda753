/** How the use of one token on one endpoint lies over day and week, UTC. The same formula is written in SQL for the history. */
export type Rhythm = {
  /** Requests in the busiest hour of a working day, now. */
  peakPerHour: number;
  /** 0 to 24. */
  peakHour: number;
  /** Hours from the peak to about 60 % of it. */
  widthHours: number;
  /** Share of the peak that is never gone below, 0 to 1. */
  floor: number;
  /** Share on Saturdays and Sundays, 0 to 1. */
  weekend: number;
  /** How much of today's use was added in the last 90 days, 0 to 1. */
  growth: number;
};

/** Requests per hour at a time: a bell around the peak over a floor, times the weekend's share. Growth is left out: it is now. */
export function ratePerHour(rhythm: Rhythm, atMs: number): number {
  const at = new Date(atMs);
  const hour = at.getUTCHours() + at.getUTCMinutes() / 60;
  const apart = Math.abs(hour - rhythm.peakHour);
  const distance = Math.min(apart, 24 - apart);
  const bell = Math.exp(-(distance ** 2) / (2 * rhythm.widthHours ** 2));
  const isWeekend = at.getUTCDay() === 0 || at.getUTCDay() === 6;
  return rhythm.peakPerHour * (rhythm.floor + (1 - rhythm.floor) * bell) * (isWeekend ? rhythm.weekend : 1);
}
