import type { Signer } from "../../src/signing/signer.ts";
import { byPath, sha256, utf8, type PackFile, type PackSubject } from "./files.ts";
import type { ManifestEdition } from "./manifest.ts";

export const PAYLOAD_TYPE = "application/vnd.in-toto+json";
export const STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
export const PREDICATE_TYPE = "urn:quarterdeck:evidence-pack:v1";

/** What is signed of a payload: its type and itself, each with its length (DSSE, pre-authentication encoding). */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const head = `DSSEv1 ${utf8(payloadType).length} ${payloadType} ${payload.length} `;
  return Buffer.concat([utf8(head), payload]);
}

/** An in-toto statement over the files of a pack, in an envelope (DSSE) that the pack's key signs. */
export async function attest(
  signer: Signer,
  subject: PackSubject,
  edition: ManifestEdition,
  files: readonly PackFile[],
): Promise<Uint8Array> {
  const payload = utf8(JSON.stringify(statement(subject, edition, files)));
  const signature = await signer.sign(preAuthEncoding(PAYLOAD_TYPE, payload));
  const envelope = {
    payloadType: PAYLOAD_TYPE,
    payload: Buffer.from(payload).toString("base64"),
    signatures: [{ keyid: signer.fingerprint, sig: signature.toString("base64") }],
  };
  return utf8(`${JSON.stringify(envelope, null, 2)}\n`);
}

const statement = (subject: PackSubject, edition: ManifestEdition, files: readonly PackFile[]) => ({
  _type: STATEMENT_TYPE,
  subject: files
    .toSorted(byPath)
    .map(({ path, content }) => ({ name: path, digest: { sha256: sha256(content) } })),
  predicateType: PREDICATE_TYPE,
  predicate: { pack: subject.kind, of: subject.of, made_from: subject.madeFrom, edition },
});
