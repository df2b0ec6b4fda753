import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** For tests only: an authenticator of software, which answers as the test wants. */

type Answer = { challenge: string; origin?: string; rpID?: string; flags?: number; type?: string };

const present = 0x01;
const verified = 0x04;
const attested = 0x40;
/** Neither finger nor PIN was asked for. */
export const unverified = present;

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest();
const base64url = (data: Buffer) => data.toString("base64url");

export function newAuthenticator(home = { origin: "http://localhost:3000", rpID: "localhost" }) {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const id = randomBytes(16);
  let counter = 0;

  const clientData = (type: string, { challenge, origin = home.origin }: Answer) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const data = (flags: number, { rpID = home.rpID }: Answer) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([sha256(rpID), Buffer.from([flags]), count]);
  };

  return {
    credentialId: base64url(id),
    /** What `navigator.credentials.create` gives, as JSON. */
    register(answer: Answer): string {
      const { x = "", y = "" } = publicKey.export({ format: "jwk" });
      const key = cbor(
        new Map<number, unknown>([
          ...([
            [1, 2],
            [3, -7],
            [-1, 1],
          ] as const),
          [-2, Buffer.from(x, "base64url")],
          [-3, Buffer.from(y, "base64url")],
        ]),
      );
      const authData = Buffer.concat([
        data(answer.flags === undefined ? present | verified | attested : answer.flags | attested, answer),
        ...[Buffer.alloc(16), Buffer.from([0, id.length]), id, key],
      ]);
      const attestation = cbor(
        new Map<string, unknown>([
          ["fmt", "none"],
          ["attStmt", new Map()],
          ["authData", authData],
        ]),
      );
      return JSON.stringify({
        ...{ id: base64url(id), rawId: base64url(id), type: "public-key", clientExtensionResults: {} },
        response: {
          clientDataJSON: base64url(clientData("webauthn.create", answer)),
          attestationObject: base64url(attestation),
          transports: ["internal"],
        },
      });
    },
    /** What `navigator.credentials.get` gives, as JSON. Each counts one more, unless another count is given. */
    use(answer: Answer & { userHandle?: string; count?: number }): string {
      counter = answer.count ?? counter + 1;
      const authenticatorData = data(answer.flags ?? present | verified, answer);
      const clientDataJSON = clientData(answer.type ?? "webauthn.get", answer);
      const signature = sign("sha256", Buffer.concat([authenticatorData, sha256(clientDataJSON)]), privateKey);
      return JSON.stringify({
        ...{ id: base64url(id), rawId: base64url(id), type: "public-key", clientExtensionResults: {} },
        response: {
          authenticatorData: base64url(authenticatorData),
          clientDataJSON: base64url(clientDataJSON),
          signature: base64url(signature),
          ...(answer.userHandle ? { userHandle: answer.userHandle } : {}),
        },
      });
    },
  };
}

/** Of RFC 8949 what a key and an attestation need. */
function cbor(value: unknown): Buffer {
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if (typeof value === "string") return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Map)
    return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, one]) => [cbor(key), cbor(one)])]);
  throw new Error("not in CBOR here");
}

function head(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.from([(major << 5) | 25, length >> 8, length & 255]);
}
