import { constants, createPublicKey, hash, verify, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { SourceError } from "../../src/errors.ts";

/** A configured public key. */
export interface TrustedKey {
  /** As the configuration writes it. */
  readonly path: string;
  readonly sha256: string;
  readonly key: KeyObject;
}

/** @throws {SourceError} for a key that is not there or is none */
export const trustedKeys = (paths: readonly string[], baseDirectory: string): TrustedKey[] =>
  paths.map((path) => {
    try {
      const pem = readFileSync(resolve(baseDirectory, path));
      return { path, sha256: hash("sha256", pem), key: createPublicKey(pem) };
    } catch (error) {
      throw new SourceError(
        "evidence",
        "missing",
        `${path}: expected a public key in PEM form (${error instanceof Error ? error.message : String(error)}); correct \`keys\`, or take it out: without it no signature is verified`,
      );
    }
  });

const HASH_OF_CURVE: Readonly<Record<string, string>> = {
  prime256v1: "sha256",
  secp384r1: "sha384",
  secp521r1: "sha512",
};

/** The first key that made the signature. Whatever key the signature itself names proves nothing. */
export const verifiedBy = (
  content: Buffer,
  signature: Buffer,
  keys: readonly TrustedKey[],
): string | undefined => keys.find(({ key }) => isSignedBy(content, signature, key))?.path;

function isSignedBy(content: Buffer, signature: Buffer, key: KeyObject): boolean {
  try {
    if (key.asymmetricKeyType === "rsa") {
      const { RSA_PKCS1_PADDING, RSA_PKCS1_PSS_PADDING } = constants;
      return [RSA_PKCS1_PADDING, RSA_PKCS1_PSS_PADDING].some((padding) =>
        verify("sha256", content, { key, padding }, signature),
      );
    }
    const curve = key.asymmetricKeyDetails?.namedCurve;
    return verify(curve === undefined ? null : (HASH_OF_CURVE[curve] ?? "sha256"), content, key, signature);
  } catch {
    return false;
  }
}
