import { createPrivateKey, type KeyObject } from "node:crypto";
import { KEY_TYPE } from "./public-key.ts";
import { Malformed, WireReader } from "./wire.ts";

const MAGIC = "openssh-key-v1\0";
const BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
const END = "-----END OPENSSH PRIVATE KEY-----";

/**
 * The private key of a file as `ssh-keygen -t ed25519` writes it (OpenSSH, PROTOCOL.key).
 * @throws {Malformed} in words that hold nothing of the file
 */
export function privateKeyOf(text: string): KeyObject {
  const [begin, ...lines] = text.trim().split(/\r?\n/);
  if (begin !== BEGIN || lines.pop() !== END) {
    throw new Malformed("is no private key in OpenSSH's own form: `ssh-keygen -t ed25519` makes one");
  }
  return fromContainer(Buffer.from(lines.join(""), "base64"));
}

function fromContainer(container: Buffer): KeyObject {
  const reader = new WireReader(container);
  if (reader.take(MAGIC.length).toString("latin1") !== MAGIC)
    throw new Malformed("is no private key of OpenSSH");
  const cipher = reader.text();
  reader.string();
  reader.string();
  if (cipher !== "none") {
    throw new Malformed(
      "is encrypted with a passphrase: hand it to ssh-agent (`ssh-add`) and name the public key file, or `agent:SHA256:...`, as the key",
    );
  }
  if (reader.uint32() !== 1) throw new Malformed("holds several keys: expected one");
  reader.string();
  return fromSecrets(new WireReader(reader.string()));
}

function fromSecrets(reader: WireReader): KeyObject {
  if (reader.uint32() !== reader.uint32()) throw new Malformed("is damaged");
  const type = reader.text();
  if (type !== KEY_TYPE) {
    throw new Malformed(
      `is a key of type ${type.slice(0, 40)}: expected Ed25519, which \`ssh-keygen -t ed25519\` makes`,
    );
  }
  const x = reader.string();
  const seed = reader.string().subarray(0, 32);
  const jwk = { kty: "OKP", crv: "Ed25519", x: x.toString("base64url"), d: seed.toString("base64url") };
  return createPrivateKey({ key: jwk, format: "jwk" });
}
