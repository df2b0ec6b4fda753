/** The language and region that `Intl` writes numbers, dates, plurals and lists in. The only place that names one. */
export const locale: string = "en-GB";

/** The language a page or a message is written in. */
export const language: string = "en";
