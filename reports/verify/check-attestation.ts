import { z } from "zod";
import { fingerprintOf, isSignedBy, type PublicKey } from "../../src/signing/public-key.ts";
import { PAYLOAD_TYPE, preAuthEncoding, PREDICATE_TYPE, STATEMENT_TYPE } from "../folder/attestation.ts";
import { ATTESTATION, SIGNATURE, SUMS } from "../folder/files.ts";
import { wrong } from "./check-manifest.ts";
import type { FilesChecked } from "./check-files.ts";
import type { SignatureChecked } from "./check-signature.ts";
import { finding, reasonOf, type Finding } from "./finding.ts";
import { limits, readWithin } from "./limits.ts";

const envelopeSchema = z.object({
  payloadType: z.literal(PAYLOAD_TYPE),
  payload: z.base64(),
  signatures: z.tuple([z.object({ keyid: z.string(), sig: z.base64() })]),
});

const statementSchema = z.object({
  _type: z.literal(STATEMENT_TYPE),
  predicateType: z.literal(PREDICATE_TYPE),
  subject: z.array(z.object({ name: z.string(), digest: z.object({ sha256: z.string() }) })),
});

type Statement = z.output<typeof statementSchema>;

/** Whether the statement is signed by the key of the pack and names each file as it is. */
export function checkAttestation(
  folder: string,
  files: FilesChecked,
  { key, isSigned }: SignatureChecked,
): Finding[] {
  if (!files.hashes.has(ATTESTATION)) {
    return isSigned && !files.sums.has(ATTESTATION)
      ? [finding(ATTESTATION, "is missing: the pack was signed")]
      : [];
  }
  // What was altered is not read, and without a key there is nothing to read it with.
  if (key === undefined || files.findings.some(({ file }) => file === ATTESTATION)) return [];
  try {
    const read = readStatement(readWithin(folder, ATTESTATION, limits.text), key);
    return typeof read === "string" ? [finding(ATTESTATION, read)] : compare(read, files);
  } catch (error) {
    return [finding(ATTESTATION, `is no JSON: ${reasonOf(error)}`)];
  }
}

/** The statement, or why it is none. */
function readStatement(file: Buffer, key: PublicKey): Statement | string {
  const envelope = envelopeSchema.safeParse(JSON.parse(file.toString("utf8")));
  if (!envelope.success) return wrong(envelope.error);
  const { payload, payloadType, signatures } = envelope.data;
  const bytes = Buffer.from(payload, "base64");
  const [{ keyid, sig }] = signatures;
  if (keyid !== fingerprintOf(key)) return `is signed with another key than the pack: ${keyid.slice(0, 60)}`;
  if (!isSignedBy(key, preAuthEncoding(payloadType, bytes), Buffer.from(sig, "base64")))
    return "has a signature that does not match";
  const statement = statementSchema.safeParse(JSON.parse(bytes.toString("utf8")));
  return statement.success ? statement.data : `its payload ${wrong(statement.error)}`;
}

const BESIDES = new Set([ATTESTATION, SUMS, SIGNATURE]);

function compare({ subject }: Statement, { hashes, findings }: FilesChecked): Finding[] {
  const told = new Set(findings.map(({ file }) => file));
  const stated = new Map(subject.map(({ name, digest }) => [name, digest.sha256]));
  const paths = new Set([...stated.keys(), ...[...hashes.keys()].filter((path) => !BESIDES.has(path))]);
  return [...paths]
    .filter((path) => !told.has(path) && stated.get(path) !== hashes.get(path))
    .map((path) => finding(path, `is not the file that ${ATTESTATION} states`));
}
