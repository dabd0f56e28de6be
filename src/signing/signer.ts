import { createPublicKey, sign, type KeyObject } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { UsageError } from "../errors.ts";
import { agentKeys, agentSignature } from "./agent.ts";
import { privateKeyOf } from "./key-file.ts";
import {
  FINGERPRINT,
  fingerprintOf,
  isSignedBy,
  publicKeyOf,
  publicKeyOfLine,
  rawKeyOf,
  type PublicKey,
} from "./public-key.ts";
import { encodeSignature, signedBytes } from "./sshsig.ts";
import { Malformed } from "./wire.ts";

export interface SigningSettings {
  readonly key: string;
  readonly identity: string;
  readonly namespace: string;
}

/** Who signs, as everybody may know it. */
export interface Signing {
  /** `SHA256:...`, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
  readonly identity: string;
  readonly namespace: string;
}

export interface Signer extends Signing {
  readonly publicKey: PublicKey;
  /**
   * 64 bytes of Ed25519 over `data`.
   * @throws {UsageError} when the agent does not sign
   */
  readonly sign: (data: Uint8Array) => Promise<Buffer>;
}

/** The signature of a file as `ssh-keygen -Y sign` writes it. */
export async function signatureOver(file: Uint8Array, { publicKey: key, namespace, sign }: Signer): Promise<string> {
  return encodeSignature({ key, namespace, signature: await sign(signedBytes(namespace, file)) });
}

interface Surroundings {
  /** Where relative paths start. */
  readonly directory: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

type Key = Pick<Signer, "publicKey" | "sign">;

const AGENT = "agent:";

/**
 * Finds the key that configuration names: a private key file, a public key file or fingerprint whose private half ssh-agent holds.
 * @throws {UsageError} when there is no such key or it cannot be used
 */
export async function openSigner(settings: SigningSettings, around: Surroundings): Promise<Signer> {
  const { identity, namespace } = settings;
  const key = await keyOf(settings.key, around);
  return { ...key, identity, namespace, fingerprint: fingerprintOf(key.publicKey) };
}

async function keyOf(name: string, around: Surroundings): Promise<Key> {
  try {
    return name.startsWith(AGENT)
      ? await agentKey(name.slice(AGENT.length), around)
      : await fileKey(name, around);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new UsageError(`signing.key: ${name} ${error.message}`);
  }
}

async function fileKey(path: string, around: Surroundings): Promise<Key> {
  const text = await keyText(path, around.directory);
  const publicKey = publicKeyOfLine(text);
  return publicKey === undefined ? keyInHand(privateKeyOf(text)) : agentKey(fingerprintOf(publicKey), around);
}

async function keyText(path: string, directory: string): Promise<string> {
  try {
    return await readFile(resolve(directory, path), "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw new UsageError(
      code === "ENOENT"
        ? `signing.key: there is no file ${path}; \`ssh-keygen -t ed25519 -f ${path}\` makes a key`
        : `signing.key: ${path} cannot be read (${code})`,
    );
  }
}

function keyInHand(key: KeyObject): Key {
  const { x = "" } = createPublicKey(key).export({ format: "jwk" });
  return { publicKey: publicKeyOf(Buffer.from(x, "base64url")), sign: async (data) => sign(null, data, key) };
}

async function agentKey(fingerprint: string, { env }: Surroundings): Promise<Key> {
  const socket = env["SSH_AUTH_SOCK"];
  if (!FINGERPRINT.test(fingerprint)) {
    throw new UsageError(
      "signing.key: expected `agent:` and a fingerprint as `ssh-add -l` prints it: SHA256:...",
    );
  }
  if (socket === undefined || socket === "") {
    throw new UsageError("signing.key: no ssh-agent is known: SSH_AUTH_SOCK is not set");
  }
  const publicKey = (await toAgent(() => agentKeys(socket))).find(
    (key) => fingerprintOf(key) === fingerprint,
  );
  if (publicKey === undefined) {
    throw new UsageError(
      `signing.key: ssh-agent does not hold the key ${fingerprint}: \`ssh-add -l\` lists what it holds`,
    );
  }
  rawKeyOf(publicKey);
  return { publicKey, sign: (data) => toAgent(() => checkedSignature(socket, publicKey, data)) };
}

/** What an agent answers is taken for a signature only where it is one. */
async function checkedSignature(socket: string, key: PublicKey, data: Uint8Array): Promise<Buffer> {
  const signature = await agentSignature(socket, key, data);
  if (!isSignedBy(key, data, signature)) throw new Malformed("its signature is not of that key");
  return signature;
}

async function toAgent<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`ssh-agent did not sign: ${why}`, { cause: error });
  }
}
