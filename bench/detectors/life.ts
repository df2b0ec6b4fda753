/**
 * `server` = day, week and growth; `month` = and a mailing on the same day of each month; `cron` = all of the day's work in one hour of the night; `mobile` = an app
 * on phones, on other networks each day; `nat` = many devices behind one address.
 */
export type Rhythm = "server" | "month" | "cron" | "mobile" | "nat";
const rhythms: readonly Rhythm[] = ["server", "server", "server", "month", "cron", "mobile", "nat"];

/** What goes wrong at honest customers, by the hour and day, apart from their volume. */
export type Life = {
  /** Hour → refused paths that are not theirs: how many distinct, seconds between them, their share of that hour's requests, and over how many tokens. */
  wrongPaths: Map<number, { distinct: number; everySeconds: number; share: number; tokens?: number }>;
  /** Hour → distinct files asked for that only scanners look for. */
  sensitiveFiles: Map<number, number>;
  /** Hour → calls with an expired or revoked token, and from how many addresses. */
  deadTokens: Map<number, { calls: number; addresses: number }>;
  /** Hour → attempts with unknown tokens in its worst ten minutes, from a network that the account shares. */
  unknownTokens: Map<number, number>;
  /** Hour → distinct tokens guessed in its worst ten minutes, from there too. */
  guesses: Map<number, number>;
  /** Share of client errors in the answers, usually and by hour. */
  errorShare: number;
  errors: Map<number, number>;
  /** Share of refused calls that are sent although Retry-After is not over. */
  impatience: number;
  /** Per day, of the requests that send mail; 0 recipients = it sends none. */
  mailShare: number;
  bounceShare: number;
  bounces: Map<number, number>;
  complaintShare: number;
  complaints: Map<number, number>;
  /** All the mail that it sends: on one day. Null = by its share of requests. */
  mailed: { day: number; recipients: number; bounces: number } | null;
  /** A token that is used once a quarter: the hour it wakes, how much it does, and since how many days it is awake (absent = 0). */
  wakes: { hour: number; idleDays: number; requests: number; awakeDays?: number; wakesBefore?: number } | null;
  /** Hour → requests from networks that the account had never used. */
  strangers: Map<number, number>;
  /** What a customer is like, apart from its volume. */
  rhythm: Rhythm;
  /** The account's owner has an older one. */
  hasOlderSister: boolean;
  /** Hours at which the page of its integration's privacy policy cannot be reached. */
  policyAway: { fromHour: number; toHour: number }[];
};

/**
 * An ordinary life. The rates are assumptions, stated here so that they can be argued with:
 * - somebody tries 1–6 wrong paths by hand about every five days; a deploy with a wrong path every 60 days, 10–60 % of the calls
 *   of one to three hours;
 * - a forgotten cron job with a revoked token every 60 days, 4–60 calls an hour for two days; a token that runs out unnoticed for 5–20
 *   minutes every 90 days, on 1–12 servers that repeat every 30 seconds;
 * - a neighbour in the same network, or an own client with a mistyped token, every 30 days: 1–60 attempts in ten minutes;
 * - client errors 1–8 %, and 20–60 % for one to four hours every 30 days;
 * - half send mail: bounces 0.3–3 %, complaints 0.005–0.05 % (below the 2 % and 0.1 % that large mail systems ask for), an old
 *   list with 4–9 % bounces every 60 days;
 * - one in five does not read Retry-After, but does not repeat what was refused either;
 * - one in twenty has a job once a quarter, four of five of them since longer than a quarter;
 * - three in seven are servers, the others mail once a month, work in one hour of the night, are apps on phones, or devices behind one address;
 * - one in three has an integration whose policy page is away every 30 days, for an hour in the median, over a day in one of fifty.
 */
export function lifeOf(random: () => number, { hours, fewNetworks }: { hours: number; fewNetworks: number }): Life {
  const between = (low: number, high: number) => low + (high - low) * random();
  const logBetween = (low: number, high: number) => low * (high / low) ** random();
  const onceIn = (hoursApart: number) => random() < 1 / hoursApart;
  const life: Life = {
    wrongPaths: new Map(),
    sensitiveFiles: new Map(),
    deadTokens: new Map(),
    unknownTokens: new Map(),
    guesses: new Map(),
    errorShare: between(0.01, 0.08),
    errors: new Map(),
    impatience: random() < 0.8 ? 0 : 1,
    mailShare: random() < 0.5 ? 0 : between(0.3, 1),
    bounceShare: between(0.003, 0.03),
    bounces: new Map(),
    complaintShare: logBetween(0.00005, 0.0005),
    complaints: new Map(),
    mailed: null,
    wakes: null,
    strangers: new Map(),
    rhythm: rhythms[Math.floor(random() * rhythms.length)] ?? "server",
    hasOlderSister: random() < 0.1,
    policyAway: [],
  };
  const hasPolicy = random() < 1 / 3;
  for (let hour = 0; hour < hours; hour += 1) {
    const forHours = (count: number, set: (hour: number) => void) => {
      for (let later = hour; later < Math.min(hours, hour + count); later += 1) set(later);
    };
    if (onceIn(120))
      life.wrongPaths.set(hour, { distinct: Math.ceil(between(0, 6)), everySeconds: between(5, 60), share: 0 });
    if (onceIn(60 * 24)) {
      const deploy = { distinct: Math.ceil(between(0, 3)), everySeconds: 1, share: between(0.1, 0.6) };
      forHours(Math.ceil(between(0, 3)), (at) => life.wrongPaths.set(at, deploy));
    }
    if (onceIn(60 * 24)) {
      const calls = Math.round(logBetween(4, 60));
      forHours(48, (at) => life.deadTokens.set(at, { calls, addresses: 1 }));
    }
    if (onceIn(90 * 24)) {
      const servers = Math.ceil(logBetween(1, 3 * fewNetworks));
      life.deadTokens.set(hour, { calls: Math.round(servers * 2 * between(5, 20)), addresses: servers });
    }
    if (onceIn(30 * 24)) life.unknownTokens.set(hour, Math.round(logBetween(1, 60)));
    if (onceIn(30 * 24)) {
      const share = between(0.2, 0.6);
      forHours(Math.ceil(between(0, 4)), (at) => life.errors.set(at, share));
    }
    if (onceIn(60 * 24)) life.bounces.set(Math.floor(hour / 24), between(0.04, 0.09));
    if (hasPolicy && onceIn(30 * 24))
      life.policyAway.push({ fromHour: hour, toHour: hour + Math.ceil(1.6 * Math.log(1 - random()) ** 2) });
  }
  if (random() < 1 / 20)
    life.wakes = { hour: Math.floor(between(0, 91 * 24)), idleDays: 91, requests: Math.round(logBetween(20, 2_000)) };
  if (life.wakes && random() < 0.8) life.wakes.wakesBefore = Math.round(life.wakes.requests * between(0.6, 1.6));
  return life;
}
