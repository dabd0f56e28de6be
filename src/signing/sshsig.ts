import { createHash } from "node:crypto";
import { isSignedBy, KEY_TYPE, rawKeyOf, type PublicKey } from "./public-key.ts";
import { Malformed, WireReader, wireString, wireUint32 } from "./wire.ts";

/** A detached signature as `ssh-keygen -Y sign` makes it (OpenSSH, PROTOCOL.sshsig). */
export interface SshSignature {
  readonly key: PublicKey;
  readonly namespace: string;
  /** The 64 bytes of Ed25519. */
  readonly signature: Buffer;
}

const MAGIC = Buffer.from("SSHSIG");
const VERSION = 1;
const HASH = "sha512";
const LINE_LENGTH = 70;
const BEGIN = "-----BEGIN SSH SIGNATURE-----\n";
const END = "-----END SSH SIGNATURE-----\n";

/** What the key really signs: the hash of the message in its envelope. */
export function signedBytes(namespace: string, message: Uint8Array): Buffer {
  const hash = createHash(HASH).update(message).digest();
  return Buffer.concat([MAGIC, wireString(namespace), wireString(""), wireString(HASH), wireString(hash)]);
}

export function encodeSignature({ key, namespace, signature }: SshSignature): string {
  const blob = Buffer.concat([
    MAGIC,
    wireUint32(VERSION),
    wireString(key),
    wireString(namespace),
    wireString(""),
    wireString(HASH),
    wireString(Buffer.concat([wireString(KEY_TYPE), wireString(signature)])),
  ]);
  const lines = blob.toString("base64").match(new RegExp(`.{1,${LINE_LENGTH}}`, "g")) ?? [];
  return `${BEGIN}${lines.join("\n")}\n${END}`;
}

/**
 * Reads a signature. It must be spelled as we would spell it, to the byte, so that no bit of the file may change unnoticed.
 * @throws {Malformed} when it is something else
 */
export function decodeSignature(file: Uint8Array): SshSignature {
  const text = Buffer.from(file).toString("latin1");
  if (!text.startsWith(BEGIN) || !text.endsWith(END)) throw new Malformed("it is no SSH signature");
  const found = decodeBlob(Buffer.from(text.slice(BEGIN.length, -END.length), "base64"));
  if (encodeSignature(found) !== text)
    throw new Malformed("it is not spelled as a signature is when it is made");
  return found;
}

function decodeBlob(blob: Buffer): SshSignature {
  const reader = new WireReader(blob);
  if (!reader.take(MAGIC.length).equals(MAGIC) || reader.uint32() !== VERSION) {
    throw new Malformed("it is no SSH signature of version 1");
  }
  const key = Buffer.from(reader.string());
  rawKeyOf(key);
  const namespace = reader.text();
  // Reserved: what stands here the comparison with our own spelling finds.
  reader.string();
  const hash = reader.text();
  if (hash !== HASH)
    throw new Malformed(`its hash is ${JSON.stringify(hash.slice(0, 20))}: expected ${HASH}`);
  const signature = signatureOf(reader.string());
  reader.expectEnd();
  return { key, namespace, signature };
}

/** Ed25519's bytes out of the wrapping that names their kind. */
export function signatureOf(wrapped: Uint8Array): Buffer {
  const reader = new WireReader(wrapped);
  const kind = reader.text();
  if (kind !== KEY_TYPE)
    throw new Malformed(`it is made with ${JSON.stringify(kind.slice(0, 40))}: expected ${KEY_TYPE}`);
  const signature = Buffer.from(reader.string());
  reader.expectEnd();
  return signature;
}

export const isSignatureOf = ({ key, namespace, signature }: SshSignature, message: Uint8Array): boolean =>
  isSignedBy(key, signedBytes(namespace, message), signature);
