import { createHash, createPublicKey, verify } from "node:crypto";
import { Malformed, WireReader, wireString } from "./wire.ts";

export const KEY_TYPE = "ssh-ed25519";
const KEY_LENGTH = 32;

/** An Ed25519 public key as SSH writes it: type and key, each with its length. */
export type PublicKey = Buffer;

export const publicKeyOf = (raw: Uint8Array): PublicKey =>
  Buffer.concat([wireString(KEY_TYPE), wireString(raw)]);

/** The 32 bytes of the key itself. */
export function rawKeyOf(key: PublicKey): Buffer {
  const reader = new WireReader(key);
  const type = reader.text();
  if (type !== KEY_TYPE)
    throw new Malformed(`is a key of type ${JSON.stringify(type.slice(0, 40))}: expected ${KEY_TYPE}`);
  const raw = reader.string();
  reader.expectEnd();
  if (raw.length !== KEY_LENGTH)
    throw new Malformed(`is a key of ${raw.length} bytes: expected ${KEY_LENGTH}`);
  return raw;
}

/** As `ssh-keygen -l` prints it. */
export const fingerprintOf = (key: PublicKey): string =>
  `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;

export const FINGERPRINT = /^SHA256:[A-Za-z0-9+/]{43}$/;

const LINE = /^ssh-ed25519[ \t]+([A-Za-z0-9+/]+={0,2})(?:[ \t].*)?$/;

/** The key of a line such as stands in `id_ed25519.pub`; undefined where the line is something else. */
export function publicKeyOfLine(line: string): PublicKey | undefined {
  const [, encoded] = LINE.exec(line.trim()) ?? [];
  if (encoded === undefined) return undefined;
  const key = Buffer.from(encoded, "base64");
  rawKeyOf(key);
  return key;
}

export const lineOf = (key: PublicKey): string => `${KEY_TYPE} ${key.toString("base64")}`;

/** Whether these bytes were signed with the key. */
export function isSignedBy(key: PublicKey, data: Uint8Array, signature: Uint8Array): boolean {
  const x = rawKeyOf(key).toString("base64url");
  const jwk = { kty: "OKP", crv: "Ed25519", x };
  try {
    return verify(null, data, createPublicKey({ key: jwk, format: "jwk" }), signature);
  } catch {
    // Bytes that are no point of the curve.
    return false;
  }
}
