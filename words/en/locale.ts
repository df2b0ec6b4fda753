/** The language and region that `Intl` writes numbers, dates, plurals and lists in. The only place that names one. */
export const locale: string = "en-GB";
