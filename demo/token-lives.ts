import { dayMs, hourMs } from "#core/rules/time.ts";
import type { DecisionCode } from "#core/rules/vocabulary.ts";
import type { DemoAccount, DemoToken, DemoUse } from "./plan-types.ts";
import type { Random } from "./random.ts";

type Facts = { isNorthwind: boolean; plan: DemoAccount["plan"]; createdAt: Date; random: Random; now: Date };

/** Gives the tokens of an account their lives: some expire, are paused or are tied to networks, and older ones were revoked. */
export function retireTokens(tokens: DemoToken[], facts: Facts): DemoToken[] {
  return facts.isNorthwind ? everyKind(tokens, facts) : [...tokens.map((token) => one(token, facts)), ...former(facts)];
}

function one(token: DemoToken, { random, now }: Facts): DemoToken {
  const days = (count: number) => new Date(now.getTime() + count * dayMs);
  if (token.name === "staging" && random.chance(0.35)) return used(token, { pausedAt: days(-random.between(1, 9)) });
  if (token.name === "inbound-replies" || token.name === "smtp-relay") {
    if (random.chance(0.5)) return { ...token, allowedNetworks: token.ips.map(networkOf) };
  }
  if (random.chance(0.12)) return { ...token, expiresAt: days(random.between(20, 300)) };
  return token;
}

/** Northwind Mail shows each state once: expires soon, expired, paused, revoked, tied to networks. */
function everyKind(tokens: DemoToken[], { createdAt, now }: Facts): DemoToken[] {
  const days = (count: number) => new Date(now.getTime() + count * dayMs);
  const lives: Record<string, Partial<DemoToken>> = {
    "ci-deploy": { expiresAt: days(3) },
    "zapier-test": { pausedAt: days(-61) },
  };
  const kept = tokens.map((token) => {
    const life = token.name === "smtp-relay" ? { allowedNetworks: token.ips.map(networkOf) } : lives[token.name];
    return life ? used(token, life) : token;
  });
  const template = tokens[0];
  if (!template) return kept;
  const past = (name: string, life: Partial<DemoToken>) => {
    const small = template.uses.map((use) => ({ ...use, rhythm: { ...use.rhythm, peakPerHour: 40 } }));
    return used({ ...template, name, createdAt: new Date(createdAt.getTime() + dayMs), uses: small }, life);
  };
  return [
    ...kept,
    withTries(past("agency-access", { expiresAt: days(-16) }), stillTrying("token_expired", days(-16))),
    past("old-website", { revokedAt: days(-31), revokedReason: "Replaced by api-prod" }),
  ];
}

/** A token of the past, whose reason still says why it is gone. */
function former({ plan, createdAt, random, now }: Facts): DemoToken[] {
  if (plan === "Trial" || plan === "Hobby" || !random.chance(0.55)) return [];
  const ageMs = now.getTime() - createdAt.getTime();
  if (ageMs < 60 * dayMs) return [];
  const gone = new Date(now.getTime() - random.between(10, 50) * dayMs);
  const [name, reason] = random.pick([
    ["first-test", "No longer needed"],
    ["freelancer", "The project is over"],
    ["legacy-server", "The server was shut down"],
    ["laptop-elif", "The laptop was lost"],
  ] as const);
  return [
    {
      name,
      scopes: ["email:send"],
      createdAt: new Date(createdAt.getTime() + hourMs * random.between(4, 40)),
      expiresAt: null,
      allowedNetworks: [],
      pausedAt: null,
      revokedAt: gone,
      revokedReason: reason,
      ips: [`198.18.${random.whole(0, 255)}.${random.whole(1, 254)}`],
      userAgent: "python-requests/2.32.3",
      uses: [
        {
          endpoint: "email.send",
          surface: "http",
          rhythm: { peakPerHour: 6, peakHour: 11, widthHours: 3, floor: 0.02, weekend: 0.1, growth: 0 },
          outcome: "allowed",
          burstiness: 0,
          limitPerMinute: 20,
          from: null,
          until: gone,
        },
        ...(random.chance(0.5) ? [stillTrying("token_revoked", gone)] : []),
      ],
    },
  ];
}

/** A client that nobody told. */
function stillTrying(outcome: DecisionCode, from: Date): DemoUse {
  const rhythm = { peakPerHour: 4, peakHour: 10, widthHours: 4, floor: 0.2, weekend: 0.6, growth: 0 };
  const use = { endpoint: "email.send", surface: "http", burstiness: 0, limitPerMinute: null, until: null } as const;
  return { ...use, rhythm, outcome, from };
}

function withTries(token: DemoToken, use: DemoUse): DemoToken {
  return { ...token, uses: [...token.uses, use] };
}

/** The token with this life, used until it ended. */
function used(token: DemoToken, life: Partial<DemoToken>): DemoToken {
  const { expiresAt = null, pausedAt = null, revokedAt = null } = life;
  const ends = [expiresAt, pausedAt, revokedAt].flatMap((at) => (at ? [at.getTime()] : []));
  const until = ends.length > 0 ? new Date(Math.min(...ends)) : null;
  return { ...token, ...life, uses: token.uses.map((use) => ({ ...use, until })) };
}

/** /24 */
function networkOf(ip: string): string {
  return `${ip.slice(0, ip.lastIndexOf("."))}.0/24`;
}
