import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import Provider, { type Configuration } from "oidc-provider";

/** For tests only: a real OpenID provider on this machine. Its sign-in page is one button. */

export type IssuersPerson = {
  sub: string;
  email?: string;
  email_verified?: boolean;
  name?: string;
  groups?: string[];
  /** What it says of how they signed in. */
  amr?: string[];
};

const secret = "only-for-tests-and-at-least-32-long";
export const testClient = { clientId: "gatehouse", clientSecret: secret };

export async function startOidcProvider() {
  /** Who is before the screen. */
  let person: IssuersPerson = { sub: "nobody" };
  const known = new Map<string, IssuersPerson>();
  let provider: Provider | undefined;
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  // It ends with the tests.
  server.unref();
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!provider) throw new Error("It has no client yet.");
    const address = new URL(request.url ?? "/", issuer);
    if (!address.pathname.startsWith("/interaction/")) return void provider.callback()(request, response);
    const { params, session, prompt, grantId } = await provider.interactionDetails(request, response);
    if (prompt.name === "login" && address.searchParams.get("go") === null) {
      response.setHeader("content-type", "text/html; charset=utf-8");
      return void response.end(
        `<!doctype html><title>Test issuer</title><form><input type="hidden" name="go" value="1"><button>Sign in as ${person.name ?? person.sub}</button></form>`,
      );
    }
    if (prompt.name === "login") {
      const login = { accountId: person.sub, ...(person.amr ? { amr: person.amr } : {}) };
      return provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
    }
    const grant = grantId ? await provider.Grant.find(grantId) : undefined;
    const given =
      grant ?? new provider.Grant({ accountId: session?.accountId ?? "", clientId: String(params.client_id) });
    given.addOIDCScope("openid email profile");
    const consent = { grantId: await given.save() };
    return provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
  }

  return {
    issuer,
    /** Registers the one client, or registers it again with these addresses. */
    registerClient({ callbackUrl, logoutUrl }: { callbackUrl: string; logoutUrl: string }) {
      const configuration: Configuration = {
        clients: [
          {
            client_id: testClient.clientId,
            client_secret: secret,
            redirect_uris: [callbackUrl],
            backchannel_logout_uri: logoutUrl,
            backchannel_logout_session_required: true,
          },
        ],
        cookies: { keys: [secret] },
        claims: { openid: ["sub", "amr"], email: ["email", "email_verified"], profile: ["name", "groups"] },
        features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
        // By itself it calls no address of this machine.
        fetch: (url, options) => globalThis.fetch(url, { ...options, dispatcher: undefined } as RequestInit),
        interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
        findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ ...(known.get(sub) ?? {}), sub }) }),
      };
      provider = new Provider(issuer, configuration);
    },
    /** Puts a person before its screen. */
    seat(one: IssuersPerson) {
      person = one;
      known.set(one.sub, one);
    },
    /** Tells Gatehouse that the person has signed out, as it does at the end of a session. */
    async signOut(sub: string, sid: string) {
      const client = (await provider?.Client.find(testClient.clientId)) as unknown as {
        backchannelLogout: (sub: string, sid: string) => Promise<void>;
      };
      await client.backchannelLogout(sub, sid);
    },
    close: () => new Promise((done) => server.close(done)),
  };
}

/** A browser without a screen: follows redirects with its cookies until the address begins with `until`, and presses the one button. */
export async function browse(start: string, until: string): Promise<URL> {
  const jar = new Map<string, string>();
  let address = start;
  for (let steps = 0; steps < 20; steps += 1) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(address, { redirect: "manual", headers: { cookie } });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      jar.set(name, value);
    }
    const location = answer.headers.get("location");
    if (location === null && !address.includes("/interaction/"))
      throw new Error(`The issuer answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
    address = location === null ? `${address}?go=1` : new URL(location, address).href;
    if (address.startsWith(until)) return new URL(address);
  }
  throw new Error("The issuer sends the browser in circles.");
}
