import { and, desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { member } from "#db/schema/accounts.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { session, user } from "#db/schema/auth.ts";
import { accountDomain, identityProvider, personIdentity } from "#db/schema/identity.ts";
import { mail } from "#db/schema/mail.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { findMembership } from "../accounts/find-membership.ts";
import { findSession } from "../auth/find-session.ts";
import { hashPassword } from "../auth/password.ts";
import { mailReset } from "../auth/request-reset.ts";
import { mailSignInLink } from "../auth/request-sign-in-link.ts";
import { signIn } from "../auth/sign-in.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { enterByPortal } from "../portal/enter-by-portal.ts";
import { makePortalLink } from "../portal/make-portal-link.ts";
import { dayMs, hourMs } from "../rules/time.ts";
import type { MemberRole } from "../rules/vocabulary.ts";
import { logger } from "../runtime/log.ts";
import { accountWith, ctxOf, staffCtx, withKey } from "../testing.ts";
import { addAccountDomain, checkAccountDomain, listAccountDomains, removeAccountDomain } from "./account-domains.ts";
import { beginSignIn } from "./begin.ts";
import { checkDomains } from "./check-domains.ts";
import { addProvider, changeProvider } from "./configure.ts";
import { finishSignIn } from "./finish.ts";
import { callbackUrl, logoutUrl } from "./flow.ts";
import { lookUpChallenge } from "./look-up-challenge.ts";
import { requireDomainSignIn } from "./require-domain.ts";
import { takeDomainOff } from "./staff-domains.ts";
import { startDnsServer } from "./testing-dns-server.ts";
import { browse, type IssuersPerson, startOidcProvider, testClient } from "./testing-oidc-provider.ts";
import { findWaysOfAddress } from "./ways-of-address.ts";

/** Against a DNS server and an OpenID provider on this machine. */

let test: TestDatabase;
let dns: Awaited<ReturnType<typeof startDnsServer>>;
let issuer: Awaited<ReturnType<typeof startOidcProvider>>;
let admin: Ctx;
let passwordHash: string;
const password = "four unrelated words of mine";
const log = logger("test");
const now = () => new Date();
const visitor = () => ctxOf(test.db, { kind: "visitor" }, now());

beforeAll(async () => {
  vi.stubEnv("SSO_ALLOWED_NETWORKS", "127.0.0.0/8");
  vi.stubEnv("AUTH_SECRET", "only-for-tests-and-at-least-32-long");
  test = await testDatabase();
  dns = await startDnsServer();
  vi.stubEnv("DOMAIN_DNS_SERVERS", dns.address);
  issuer = await startOidcProvider();
  admin = await staffCtx(test.db, "admin", "Ada", now());
  passwordHash = await hashPassword(password);
});
afterAll(async () => {
  await issuer.close();
  await dns.close();
  await test.close();
});
beforeEach(async () => {
  dns.forget();
  await test.db.delete(accountDomain);
  await test.db.delete(identityProvider);
  await test.db.delete(personIdentity);
});

let serial = 0;
/** An account with an owner whose address is elsewhere. */
async function company() {
  serial += 1;
  const made = await accountWith(test.db, `Company ${serial}`);
  const owner = await made.memberCtx("owner", now());
  return { ...made, owner, domain: `company-${serial}.example` };
}
type Company = Awaited<ReturnType<typeof company>>;

async function add(owner: Ctx, domain: string) {
  return addAccountDomain({ ...owner, now: now() }, { domain });
}
const rowOf = async (domainId: string) =>
  (await test.db.select().from(accountDomain).where(eq(accountDomain.id, domainId)))[0];

/** The worker's turn after somebody has pressed Verify. */
async function verify(owner: Ctx, domainId: string, at = now()) {
  await checkAccountDomain({ ...owner, now: at }, { domainId });
  await checkDomains(test.db, at, log);
  return (await listAccountDomains(owner, {})).find((one) => one.domainId === domainId);
}

async function proven({ owner, domain }: Pick<Company, "owner" | "domain">) {
  const { domainId, record } = await add(owner, domain);
  dns.tell(record.name, [record.value]);
  expect(await verify(owner, domainId)).toMatchObject({ provenAt: expect.any(Date), answer: "found" });
  return { domainId, record };
}

async function issuerOf({ accountId }: Pick<Company, "accountId">): Promise<string> {
  const { providerId } = await addProvider(admin, {
    ...{
      name: "Company ID",
      issuer: issuer.issuer,
      audience: "account",
      accountId,
      defaultRole: "viewer",
      ...testClient,
    },
  });
  issuer.registerClient({ callbackUrl: callbackUrl(providerId), logoutUrl: logoutUrl(providerId) });
  return providerId;
}

async function personAt(email: string, places: [Company, MemberRole][], { isProven = true } = {}) {
  const [made] = await test.db
    .insert(user)
    .values({ email, name: "Ida", passwordHash, emailVerifiedAt: isProven ? now() : null })
    .returning({ id: user.id });
  const userId = made?.id ?? "";
  for (const [{ accountId }, role] of places) await test.db.insert(member).values({ accountId, userId, role });
  return { userId, email };
}

async function comeIn(providerId: string, person: IssuersPerson) {
  issuer.seat(person);
  const begun = await beginSignIn(visitor(), { providerId, next: null });
  if (!begun.ok) throw new Error(begun.reason);
  const back = await browse(begun.address, callbackUrl(providerId));
  return finishSignIn(visitor(), { flow: begun.flow, search: back.search });
}
const at = (email: string): IssuersPerson => ({ sub: `sub ${email}`, email, email_verified: true, name: "Ida" });

async function enters(sessionId: string, { slug }: Company): Promise<string> {
  const found = await findSession(test.db, sessionId, now());
  if (!found) return "signed out";
  const membership = await findMembership(test.db, found, slug);
  if (!membership) return "no member";
  return membership.onlyThrough ? `only through ${membership.onlyThrough.map(({ name }) => name)}` : "in";
}

async function byPassword(email: string) {
  const result = await signIn(visitor(), { email, password });
  return result.ok ? result.sessionId : result;
}
async function byPasswordInto(email: string, one: Company): Promise<string> {
  const opened = await byPassword(email);
  return typeof opened === "string" ? enters(opened, one) : opened.reason;
}

/** A company that asks single sign-on of its domain, with somebody who has come in through it. */
async function strict() {
  const one = await company();
  const { domainId, record } = await proven(one);
  const providerId = await issuerOf(one);
  expect(await comeIn(providerId, at(`first@${one.domain}`))).toMatchObject({ ok: true });
  await requireDomainSignIn({ ...one.owner, now: now() }, { domainId, isRequired: true });
  return { ...one, domainId, record, providerId };
}
const subjects = async () => (await test.db.select({ subject: mail.subject }).from(mail)).map((one) => one.subject);
async function actsOn(domainId: string): Promise<string[]> {
  const rows = await test.db
    .select({ action: auditEvent.action })
    .from(auditEvent)
    .where(eq(auditEvent.subjectId, domainId))
    .orderBy(auditEvent.id);
  return rows.map(({ action }) => action);
}

describe("what DNS says", () => {
  const challenge = { name: "_gatehouse-challenge.acme.example", value: "gatehouse-domain=abc" };

  it.each<[string, Parameters<typeof dns.tell>[1], string]>([
    ["the record", ["gatehouse-domain=abc"], "found"],
    ["the record among others", ["v=spf1 -all", "gatehouse-domain=abc", "x".repeat(600)], "found"],
    ["others", ["gatehouse-domain=abcd", "gatehouse-domain=ab", " gatehouse-domain=abc"], "absent"],
    ["no record", [], "absent"],
    ["no such name", "no such name", "absent"],
    ["that it has failed", "failure", "no_answer"],
    ["nothing", "silence", "no_answer"],
  ])("is taken as it is meant when it is %s", async (_what, told, answer) => {
    dns.tell(challenge.name, told);
    expect(await lookUpChallenge(challenge)).toBe(answer);
  });

  it("is looked at up to fifty records, however many there are", async () => {
    const many = Array.from({ length: 60 }, (_, index) => `other ${index}`);
    dns.tell(challenge.name, [...many, challenge.value]);
    expect(["absent", "no_answer"]).toContain(await lookUpChallenge(challenge));
  });
});

describe("a domain", () => {
  it.each([
    ["gmail.com", "mail provider"],
    ["googlemail.com", "mail provider"],
    ["outlook.com", "mail provider"],
    ["fastmail.com", "mail provider"],
    ["mail.gmx.de", "mail provider"],
    ["co.uk", "below it"],
    ["com", "like example.com"],
    ["github.io", "below it"],
    ["127.0.0.1", "like example.com"],
    ["*.acme.example", "like example.com"],
    ["https://acme.example", "like example.com"],
  ])("of many is nobody's: %s", async (domain, why) => {
    const { owner } = await company();
    await expect(add(owner, domain)).rejects.toMatchObject({ fields: { domain: expect.stringContaining(why) } });
  });

  it("is proven by its own record only, and the value is another for each account and domain", async () => {
    const [one, two] = [await company(), await company()];
    const first = await add(one.owner, one.domain);
    const second = await add(two.owner, one.domain);
    const sub = await add(one.owner, `mail.${one.domain}`);
    expect(new Set([first, second, sub].map(({ record }) => record.value)).size).toBe(3);
    expect(first.record.name).toBe(`_gatehouse-challenge.${one.domain}`);
    expect(await verify(one.owner, first.domainId)).toMatchObject({ provenAt: null, answer: "absent" });
    dns.tell(first.record.name, [first.record.value]);
    expect(await verify(two.owner, second.domainId)).toMatchObject({ provenAt: null, answer: "absent" });
    expect(await verify(one.owner, first.domainId, new Date(Date.now() + 11_000))).toMatchObject({ answer: "found" });
    expect(await verify(one.owner, sub.domainId)).toMatchObject({ provenAt: null, answer: "absent" });
    expect(await actsOn(first.domainId)).toEqual([
      "domain.add",
      "domain.ask_check",
      "domain.ask_check",
      "domain.prove",
    ]);
  });

  it("is of one account at a time: a later proof takes nothing, and its owner hears of it once", async () => {
    const [one, two] = [await company(), await company()];
    const { domainId } = await proven(one);
    const claim = await add(two.owner, one.domain);
    const first = await rowOf(domainId);
    dns.tell(claim.record.name, [`gatehouse-domain=${first?.challenge}`, claim.record.value]);
    const later = (seconds: number) => new Date(Date.now() + seconds * 1_000);
    expect(await verify(two.owner, claim.domainId)).toMatchObject({ provenAt: null, answer: "taken" });
    expect(await verify(two.owner, claim.domainId, later(20))).toMatchObject({ provenAt: null, answer: "taken" });
    expect(await rowOf(domainId)).toMatchObject({ provenAt: expect.any(Date) });
    expect((await actsOn(domainId)).filter((act) => act === "domain.contest")).toHaveLength(1);
    expect(
      (await subjects()).filter((subject) => subject.includes(`another account claims ${one.domain}`)),
    ).toHaveLength(1);
    await removeAccountDomain(one.owner, { domainId });
    expect(await verify(two.owner, claim.domainId, later(40))).toMatchObject({ answer: "found" });
  });

  it("is of one account also when both prove it in the same moment", async () => {
    const rivals = await Promise.all([company(), company(), company(), company()]);
    const claims = await Promise.all(rivals.map(({ owner }) => add(owner, "rivals.example")));
    dns.tell(
      "_gatehouse-challenge.rivals.example",
      claims.map(({ record }) => record.value),
    );
    const moment = now();
    await Promise.all(
      claims.map(({ domainId }, index) =>
        checkAccountDomain({ ...(rivals[index]?.owner as Ctx), now: moment }, { domainId }),
      ),
    );
    await checkDomains(test.db, moment, log);
    const rows = await Promise.all(claims.map(({ domainId }) => rowOf(domainId)));
    expect(rows.map((row) => row?.answer).sort()).toEqual(["found", "taken", "taken", "taken"]);
  });

  it("is of nobody else's account: another's id is not found", async () => {
    const [one, two] = [await company(), await company()];
    const { domainId } = await proven(one);
    for (const act of [checkAccountDomain, removeAccountDomain])
      await expect(act(two.owner, { domainId })).rejects.toMatchObject({ code: "not_found" });
    await expect(requireDomainSignIn(two.owner, { domainId, isRequired: true })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("the daily check", () => {
  it("ends the proof when the record is gone for long, with what hung on it, and tells the owners before and after", async () => {
    const { owner, domainId, domain, record } = await strict();
    dns.tell(record.name, []);
    const start = Date.now();
    const day = (days: number) => new Date(start + days * dayMs + hourMs);
    await checkDomains(test.db, day(1), log);
    expect(await rowOf(domainId)).toMatchObject({ missingSince: day(1), isRequired: true });
    await checkDomains(test.db, day(5), log);
    expect(await rowOf(domainId)).toMatchObject({ missingSince: day(1), isRequired: true });
    await checkDomains(test.db, day(9), log);
    expect(await rowOf(domainId)).toMatchObject({ provenAt: null, isRequired: false, nextCheckAt: null });
    expect((await actsOn(domainId)).slice(-2)).toEqual(["domain.miss", "domain.lose"]);
    const told = await subjects();
    expect(told.filter((one) => one.includes(`the record of ${domain} is missing`))).toHaveLength(1);
    expect(told.filter((one) => one.includes(`${domain} is no longer proven`))).toHaveLength(1);
    expect((await listAccountDomains(owner, {}))[0]).toMatchObject({ provenAt: null });
  });

  it.each(["failure", "silence"] as const)("ends nothing on an outage of DNS: %s", async (outage) => {
    const { domainId, record } = await strict();
    dns.tell(record.name, outage);
    for (const days of [1, 20, 60]) await checkDomains(test.db, new Date(Date.now() + days * dayMs), log);
    expect(await rowOf(domainId)).toMatchObject({ isRequired: true, missingSince: null, answer: "no_answer" });
  });
});

describe("single sign-on that an account requires for its domain", () => {
  it("is the only way into that account, in a session from before too, for its addresses and for no others", async () => {
    const one = await company();
    const { domainId } = await proven(one);
    const providerId = await issuerOf(one);
    const ida = await personAt(`ida@${one.domain}`, [[one, "developer"]]);
    const guest = await personAt(`guest@elsewhere-${serial}.example`, [[one, "developer"]]);
    const sub = await personAt(`sub@mail.${one.domain}`, [[one, "viewer"]]);
    const before = await byPassword(ida.email);
    expect(await enters(before as string, one)).toBe("in");
    expect(await comeIn(providerId, at(ida.email))).toMatchObject({ ok: true });
    await requireDomainSignIn(one.owner, { domainId, isRequired: true });
    expect(await enters(before as string, one)).toBe("only through Company ID");
    expect(await byPassword(ida.email)).toMatchObject({
      reason: "issuer_only",
      ways: [{ id: providerId, name: "Company ID" }],
    });
    const through = await comeIn(providerId, at(ida.email));
    expect(await enters(through.ok ? through.sessionId : "", one)).toBe("in");
    expect(await byPasswordInto(guest.email, one)).toBe("in");
    expect(await byPasswordInto(sub.email, one)).toBe("in");
    await requireDomainSignIn({ ...one.owner, now: now() }, { domainId, isRequired: false });
    expect(await byPasswordInto(ida.email, one)).toBe("in");
    expect((await actsOn(domainId)).slice(-2)).toEqual(["domain.require", "domain.release"]);
  });

  it("locks nobody out of another account, whoever its owner is", async () => {
    const own = await strict();
    const other = await company();
    const both = await personAt(`both@${own.domain}`, [
      [own, "developer"],
      [other, "owner"],
    ]);
    const elsewhere = await personAt(`elsewhere@${own.domain}`, [[other, "viewer"]]);
    const opened = (await byPassword(both.email)) as string;
    expect([await enters(opened, own), await enters(opened, other)]).toEqual(["only through Company ID", "in"]);
    expect(await byPasswordInto(elsewhere.email, other)).toBe("in");
    // Their company's issuer lets them into their company's account, and there only.
    const through = await comeIn(own.providerId, at(both.email));
    expect(through).toMatchObject({ ok: true, userId: both.userId });
    const sessionId = through.ok ? through.sessionId : "";
    expect([await enters(sessionId, own), await enters(sessionId, other)]).toEqual(["in", "no member"]);
  });

  it("asks of each account what that account asks: another's domain and issuer have no part in it", async () => {
    const [one, two] = [await strict(), await strict()];
    const guest = await personAt(`guest@${one.domain}`, [[two, "owner"]]);
    expect(await byPasswordInto(guest.email, two)).toBe("in");
    const both = await personAt(`both@${one.domain}`, [
      [one, "viewer"],
      [two, "viewer"],
    ]);
    const opened = (await byPassword(both.email)) as string;
    expect([await enters(opened, one), await enters(opened, two)]).toEqual(["only through Company ID", "in"]);
    const through = await comeIn(two.providerId, at(both.email));
    expect(through).toMatchObject({ ok: false, reason: "other_way" });
  });

  it("is gone around by no portal link and no mailed link", async () => {
    vi.stubEnv("SMTP_URL", "smtp://127.0.0.1:1");
    vi.stubEnv("EMAIL_LINK_SIGN_IN", "1");
    const own = await strict();
    const ida = await personAt(`ida@${own.domain}`, [[own, "developer"]]);
    const product = { ...(await withKey(admin, "automation")), now: now() };
    const link = async (email: string) => {
      const person = { email, name: "Ida", role: "owner" as const };
      const { url } = await makePortalLink(product, { accountId: own.accountId, ...person });
      return new URL(url).pathname.split("/").pop() ?? "";
    };
    for (const email of [ida.email, `nobody-yet@${own.domain}`])
      await expect(enterByPortal(visitor(), { secret: await link(email) })).rejects.toThrow("Company ID");
    const guest = { secret: await link(`guest@elsewhere-${serial}.example`) };
    expect(await enterByPortal(visitor(), guest)).toMatchObject({ isNewMember: true });
    await mailSignInLink(jobCtx(test.db, "test", now()), { email: ida.email, browserHash: "hash" });
    const sent = await test.db.select().from(mail).where(eq(mail.userId, ida.userId));
    expect(sent.map(({ kind }) => kind)).toEqual(["issuer_instead"]);
    vi.stubEnv("SMTP_URL", "");
    vi.stubEnv("EMAIL_LINK_SIGN_IN", "0");
  });

  it("lets an issuer speak for nobody with a place elsewhere whose address is unproven, or at another domain", async () => {
    const own = await strict();
    const other = await company();
    const unproven = await personAt(`unproven@${own.domain}`, [[other, "owner"]], { isProven: false });
    const foreign = await personAt(`ceo@victim-${serial}.example`, [[other, "owner"]]);
    for (const { email, userId } of [unproven, foreign]) {
      expect(await comeIn(own.providerId, at(email))).toMatchObject({ ok: false, reason: "other_way" });
      expect((await test.db.select().from(user).where(eq(user.id, userId)))[0]?.passwordHash).toBe(passwordHash);
    }
  });

  it("lets another account's issuer make nobody at the domain, so that its own people are not kept out", async () => {
    const own = await strict();
    const other = await company();
    const email = `ceo@${own.domain}`;
    expect(await comeIn(await issuerOf(other), at(email))).toMatchObject({ ok: false, reason: "other_way" });
    expect(await test.db.select({ id: user.id }).from(user).where(eq(user.email, email))).toEqual([]);
  });

  it("holds for addresses that nobody has proven, and however the domain is spelled", async () => {
    const own = await strict();
    const unproven = await personAt(`new@${own.domain}`, [[own, "viewer"]], { isProven: false });
    const dotted = await personAt(`dotted@${own.domain}.`, [[own, "viewer"]]);
    for (const { email } of [unproven, dotted])
      expect(await byPassword(email)).toMatchObject({ reason: "issuer_only" });
  });

  it("is turned on only when it locks nobody out: proven, with an issuer that has let somebody in, and its owner too", async () => {
    const one = await company();
    const { domainId, record } = await add(one.owner, one.domain);
    const on = (ctx: Ctx) => requireDomainSignIn({ ...ctx, now: now() }, { domainId, isRequired: true });
    await expect(on(one.owner)).rejects.toThrow("Prove");
    dns.tell(record.name, [record.value]);
    await verify(one.owner, domainId);
    await expect(on(one.owner)).rejects.toThrow("no issuer");
    const providerId = await issuerOf(one);
    await expect(on(one.owner)).rejects.toThrow("Nobody of the account");
    const ida = await personAt(`ida@${one.domain}`, [[one, "owner"]]);
    const idas = (sessionId: string): Ctx => ({
      ...one.owner,
      actor: { kind: "member", userId: ida.userId, sessionId, name: "Ida", accountId: one.accountId, role: "owner" },
    });
    const old = (await byPassword(ida.email)) as string;
    const through = await comeIn(providerId, at(ida.email));
    await expect(on(idas(old))).rejects.toThrow("Your own address");
    await expect(on(idas(through.ok ? through.sessionId : ""))).resolves.toMatchObject({ isChanged: true });
  });

  it("is over when staff take the issuer away or the domain off, so that nobody is locked out for good", async () => {
    const own = await strict();
    const ida = await personAt(`ida@${own.domain}`, [[own, "owner"]]);
    const [row] = await test.db.select().from(identityProvider).where(eq(identityProvider.id, own.providerId));
    const { name, clientId, audience, accountId } = row as typeof identityProvider.$inferSelect;
    const rest = { roleRules: [], defaultRole: "viewer" as const, isOnlyWay: false, checksSecondStep: false };
    const settings = { name, issuer: issuer.issuer, clientId, audience, accountId, ...rest };
    expect(await byPassword(ida.email)).toMatchObject({ reason: "issuer_only" });
    await changeProvider(admin, { ...settings, providerId: own.providerId, version: 1, isEnabled: false });
    expect(await byPasswordInto(ida.email, own)).toBe("in");
    await changeProvider(admin, { ...settings, providerId: own.providerId, version: 2, isEnabled: true });
    expect(await byPassword(ida.email)).toMatchObject({ reason: "issuer_only" });
    await takeDomainOff(admin, { domainId: own.domainId, reason: "The issuer is gone." });
    expect(await byPasswordInto(ida.email, own)).toBe("in");
    expect(await subjects()).toContain(`Company ${serial}: the provider removed ${own.domain}`);
  });

  it("leaves the provider's break-glass admin their way to the desk", async () => {
    const own = await strict();
    const colleague = await staffCtx(test.db, "admin", "Grace", now());
    const userId = "userId" in colleague.actor ? colleague.actor.userId : "";
    const email = `grace@${own.domain}`;
    await test.db.update(user).set({ email, passwordHash }).where(eq(user.id, userId));
    await test.db.insert(member).values({ accountId: own.accountId, userId, role: "viewer" });
    const opened = (await byPassword(email)) as string;
    expect(await findSession(test.db, opened, now())).toMatchObject({ userId, lacksIssuer: false });
    expect(await enters(opened, own)).toBe("only through Company ID");
  });
});

describe("whoever asks for another way", () => {
  it("is led to the issuer by the domain of what they typed, the same for people and for nobody", async () => {
    const own = await strict();
    const ida = await personAt(`ida@${own.domain}`, [[own, "viewer"]]);
    const ways = [{ id: own.providerId, name: "Company ID" }];
    for (const email of [ida.email, `nobody@${own.domain}`, `IDA@${own.domain.toUpperCase()}`]) {
      expect(await findWaysOfAddress(visitor(), { email })).toEqual({ domain: own.domain, ways });
      expect(await signIn(visitor(), { email, password: "wrong" })).toEqual({ ok: false, reason: "wrong", ways });
    }
    expect(await findWaysOfAddress(visitor(), { email: `x@sub.${own.domain}` })).toMatchObject({ ways: [] });
  });

  it("gets by mail the issuer in place of a reset that would open nothing", async () => {
    const own = await strict();
    const ida = await personAt(`ida@${own.domain}`, [[own, "viewer"]]);
    await mailReset(jobCtx(test.db, "test", now()), { email: ida.email });
    const last = () => test.db.select().from(mail).where(eq(mail.userId, ida.userId)).orderBy(desc(mail.createdAt));
    expect((await last())[0]).toMatchObject({ kind: "issuer_instead", subject: "Sign in through Company ID" });
    expect((await last())[0]?.textBody).toContain(`/single-sign-on/${own.providerId}`);
    expect((await last())[0]?.textBody).not.toContain("/reset/");
    await test.db.delete(member).where(and(eq(member.userId, ida.userId)));
    await mailReset(jobCtx(test.db, "test", new Date(Date.now() + 1_000)), { email: ida.email });
    expect((await last()).some(({ kind }) => kind === "password_reset")).toBe(true);
    expect(await test.db.$count(session, eq(session.userId, ida.userId))).toBe(0);
  });
});
