/** 12408 → "12,408", as the screens write it. */
export function count(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** 0.724 → "72 %". */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
