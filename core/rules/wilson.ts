/** Two-sided 95 %. */
const z = 1.96;

/**
 * Between which shares the true one lies where `hits` of `all` were seen, with 95 % confidence (E. B. Wilson, 1927): also right for few, and for
 * none or all. Of nothing nothing is known: 0 to 1.
 */
export function wilsonBounds(hits: number, all: number): { low: number; high: number } {
  if (all === 0) return { low: 0, high: 1 };
  const share = hits / all;
  const middle = share + (z * z) / (2 * all);
  const spread = z * Math.sqrt((share * (1 - share)) / all + (z * z) / (4 * all * all));
  const scale = 1 + (z * z) / all;
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}
