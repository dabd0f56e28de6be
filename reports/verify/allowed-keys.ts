import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "../../src/errors.ts";
import { FINGERPRINT, fingerprintOf, publicKeyOfLine, type PublicKey } from "../../src/signing/public-key.ts";
import { Malformed } from "../../src/signing/wire.ts";

/** Keys from outside of the pack that may sign it. */
export interface AllowedKeys {
  readonly isEmpty: boolean;
  /** What a signature must have been made for. */
  readonly namespace: string;
  /** Whose key it is, or how it was given. */
  readonly signerOf: (key: PublicKey, namespace: string) => string | undefined;
}

export interface KeysGiven {
  /** Public key files or fingerprints. */
  readonly keys?: readonly string[] | undefined;
  /** A file as `ssh-keygen -Y verify -f` reads it. */
  readonly allowedSigners?: string | undefined;
  readonly namespace?: string | undefined;
}

interface Allowed {
  readonly fingerprint: string;
  readonly signer: string;
  readonly namespaces?: readonly string[];
}

/** @throws {UsageError} for a file that is not there or holds no such key */
export function allowedKeys(
  { keys = [], allowedSigners, namespace = "release-evidence" }: KeysGiven,
  cwd: string,
): AllowedKeys {
  const all = [
    ...keys.map((key) => keyGiven(key, cwd)),
    ...(allowedSigners === undefined ? [] : signersIn(textOf(allowedSigners, cwd), allowedSigners)),
  ];
  return {
    isEmpty: all.length === 0,
    namespace,
    signerOf: (key, made) =>
      all.find(
        ({ fingerprint, namespaces }) =>
          fingerprint === fingerprintOf(key) && (namespaces?.includes(made) ?? true),
      )?.signer,
  };
}

function keyGiven(given: string, cwd: string): Allowed {
  if (FINGERPRINT.test(given)) return { fingerprint: given, signer: "the key that was given" };
  const text = textOf(given, cwd);
  const key = inFile(given, 1, () => publicKeyOfLine(text));
  if (key === undefined) {
    throw new UsageError(
      `--key: ${given} holds no Ed25519 public key: expected a line that begins with ssh-ed25519, or a fingerprint SHA256:...`,
    );
  }
  return { fingerprint: fingerprintOf(key), signer: `the key in ${given}` };
}

function signersIn(text: string, file: string): Allowed[] {
  const lines = text.split("\n").map((line) => line.trim());
  const found = lines.flatMap((line, index) =>
    line === "" || line.startsWith("#") ? [] : signerIn(line, file, index + 1),
  );
  if (found.length === 0) throw new UsageError(`--allowed-signers: ${file} names no Ed25519 key`);
  return found;
}

const SIGNER =
  /^(?<principals>"[^"]*"|\S+)\s+(?:(?<options>(?:"[^"]*"|[^\s"])+)\s+)?(?<key>(?:ssh-|ecdsa-|sk-)\S+\s+\S+)/;

function signerIn(line: string, file: string, number: number): Allowed[] {
  const { principals = "", options, key = "" } = SIGNER.exec(line)?.groups ?? {};
  if (key === "")
    throw new UsageError(`--allowed-signers: ${file}:${number}: expected principals, key type and key`);
  if (options !== undefined && /cert-authority|valid-(after|before)/i.test(options)) {
    throw new UsageError(
      `--allowed-signers: ${file}:${number}: certificates and validity are not understood here: \`ssh-keygen -Y verify\` knows them, or name the key by --key`,
    );
  }
  const [, namespaces] = /(?:^|,)namespaces="([^"]*)"/i.exec(options ?? "") ?? [];
  const publicKey = inFile(file, number, () => publicKeyOfLine(key));
  // A key of another type may sign other things.
  if (publicKey === undefined) return [];
  const signer = principals.replaceAll('"', "");
  return [
    {
      fingerprint: fingerprintOf(publicKey),
      signer,
      ...(namespaces === undefined ? {} : { namespaces: namespaces.split(",") }),
    },
  ];
}

function inFile<T>(file: string, line: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new UsageError(`${file}:${line}: ${error.message}`, { cause: error });
  }
}

function textOf(file: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, file), "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw new UsageError(
      `${file} cannot be read (${code}): expected a public key file or a fingerprint SHA256:...`,
    );
  }
}
