import { fingerprintOf, type PublicKey } from "../../src/signing/public-key.ts";
import { decodeSignature, isSignatureOf, type SshSignature } from "../../src/signing/sshsig.ts";
import { Malformed } from "../../src/signing/wire.ts";
import { ATTESTATION, SIGNATURE, SUMS } from "../folder/files.ts";
import type { Manifest } from "../folder/manifest.ts";
import type { AllowedKeys } from "./allowed-keys.ts";
import type { FilesChecked } from "./check-files.ts";
import { finding, reasonOf, type Finding } from "./finding.ts";
import { limits, readWithin } from "./limits.ts";

/** What a manifest says of its signature, whatever else it is of. */
type SaysWhoSigned = Pick<Manifest, "signing">;

export interface SignatureChecked {
  readonly isSigned: boolean;
  /** The key whose signature it is; undefined where it is the signature of nothing here. */
  readonly key?: PublicKey;
  readonly fingerprint?: string;
  readonly namespace?: string;
  /** Whose key it is, by the keys that were given; undefined where none were given or it is not among them. */
  readonly signer?: string;
  readonly findings: readonly Finding[];
}

/** Whether SHA256SUMS was signed, and by a key that somebody named who is not the pack. */
export function checkSignature(
  folder: string,
  files: FilesChecked,
  manifest: SaysWhoSigned | undefined,
  allowed: AllowedKeys,
): SignatureChecked {
  if (!files.hashes.has(SIGNATURE)) return { isSigned: false, findings: missing(files, manifest, allowed) };
  try {
    const signature = decodeSignature(readWithin(folder, SIGNATURE, limits.signature));
    const sums = readWithin(folder, SUMS, limits.text);
    if (!isSignatureOf(signature, sums)) return { isSigned: true, findings: [foreign(files)] };
    return known(signature, manifest, allowed);
  } catch (error) {
    if (!files.hashes.has(SUMS)) return { isSigned: true, findings: [] };
    const what = error instanceof Malformed ? `was altered: ${error.message}` : reasonOf(error);
    return { isSigned: true, findings: [finding(SIGNATURE, what)] };
  }
}

function missing({ hashes }: FilesChecked, manifest: SaysWhoSigned | undefined, allowed: AllowedKeys): Finding[] {
  const wasSigned = manifest?.signing != null || hashes.has(ATTESTATION);
  if (wasSigned) return [finding(SIGNATURE, "is missing: the pack was signed")];
  return allowed.isEmpty
    ? []
    : [finding(SIGNATURE, "is missing: nobody has signed this pack, it is a draft")];
}

/** Where all files are as listed, the list was hardly touched: then it is the signature that is another. */
const foreign = ({ findings }: FilesChecked): Finding =>
  findings.length === 0
    ? finding(SIGNATURE, `is no signature of ${SUMS} as it is now: one of the two was altered or made anew`)
    : finding(
        SUMS,
        `was altered: ${SIGNATURE} is no signature of it as it is now, so what it lists need not be right`,
      );

function known(
  signature: SshSignature,
  manifest: SaysWhoSigned | undefined,
  allowed: AllowedKeys,
): SignatureChecked {
  const { key, namespace } = signature;
  const fingerprint = fingerprintOf(key);
  const signer = allowed.signerOf(key, namespace);
  const problems = [
    namespace === allowed.namespace
      ? undefined
      : `was made for ${JSON.stringify(namespace)}, expected ${JSON.stringify(allowed.namespace)}`,
    allowed.isEmpty || signer !== undefined
      ? undefined
      : `is made with the key ${fingerprint}, which is not one that was given`,
    manifest === undefined || manifest.signing?.fingerprint === fingerprint
      ? undefined
      : `is made with the key ${fingerprint}, but manifest.json says ${manifest.signing?.fingerprint ?? "that nobody signs"}`,
  ];
  return {
    isSigned: true,
    key,
    fingerprint,
    namespace,
    ...(signer === undefined ? {} : { signer }),
    findings: problems
      .filter((problem) => problem !== undefined)
      .map((problem) => finding(SIGNATURE, problem)),
  };
}
