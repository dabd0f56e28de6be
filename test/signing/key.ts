import { createPrivateKey, createPublicKey } from "node:crypto";
import { KEY_TYPE, publicKeyOf } from "../../src/signing/public-key.ts";
import { wireString, wireUint32 } from "../../src/signing/wire.ts";

/** The seed of a key that is made for tests and signs nothing else. */
export const TEST_KEY = Buffer.alloc(32, 42);

const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** The 32 bytes of the public key that belongs to a seed. */
export function publicHalf(seed: Buffer): Buffer {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
  return Buffer.from(createPublicKey(key).export({ format: "jwk" }).x!, "base64url");
}

export const testPublicKey = publicKeyOf(publicHalf(TEST_KEY));

/** A private key file as `ssh-keygen` writes it. */
export function privateKeyFile(seed: Buffer, { cipher = "none", type = KEY_TYPE } = {}): string {
  const raw = publicHalf(seed);
  const secrets = [
    Buffer.alloc(8, 1),
    ...[type, raw, Buffer.concat([seed, raw]), "for tests"].map((part) => wireString(part)),
  ];
  const length = secrets.reduce((sum, part) => sum + part.length, 0);
  const padding = Buffer.from(Array.from({ length: (8 - (length % 8)) % 8 }, (_, index) => index + 1));
  const container = [
    Buffer.from("openssh-key-v1\0"),
    ...[cipher, cipher === "none" ? "none" : "bcrypt", ""].map((part) => wireString(part)),
    wireUint32(1),
    wireString(publicKeyOf(raw)),
    wireString(Buffer.concat([...secrets, padding])),
  ];
  const lines =
    Buffer.concat(container)
      .toString("base64")
      .match(/.{1,70}/g) ?? [];
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join("\n")}\n-----END OPENSSH PRIVATE KEY-----\n`;
}
