import { isUtf8 } from "node:buffer";
import { z } from "zod";
import type { Json } from "../../contract.ts";
import { FileProblem } from "../../reading/problem.ts";
import { shown } from "../../reading/words.ts";
import { readJson, said, shaped } from "../json.ts";
import { verifiedBy, type TrustedKey } from "../keys.ts";

const digests = z.record(said, said);

const resource = z.object({ name: said.nullish(), uri: said.nullish(), digest: digests.nullish() });

/** What is kept of SLSA provenance 0.2 and 1: who built it, how, when, and from what. Of other predicates only their type. */
const provenance = z.object({
  builder: z.object({ id: said }).nullish(),
  buildType: said.nullish(),
  invocation: z
    .object({
      configSource: z
        .object({ uri: said.nullish(), digest: digests.nullish(), entryPoint: said.nullish() })
        .nullish(),
    })
    .nullish(),
  metadata: z.object({ buildStartedOn: said.nullish(), buildFinishedOn: said.nullish() }).nullish(),
  materials: z.array(resource).nullish(),
  buildDefinition: z
    .object({ buildType: said.nullish(), resolvedDependencies: z.array(resource).nullish() })
    .nullish(),
  runDetails: z
    .object({
      builder: z.object({ id: said }),
      metadata: z
        .object({ invocationId: said.nullish(), startedOn: said.nullish(), finishedOn: said.nullish() })
        .nullish(),
    })
    .nullish(),
});

const statement = z.object({
  _type: z
    .string()
    .regex(/^https:\/\/in-toto\.io\/Statement\/v(?:0\.1|1)$/, "expected an in-toto statement 0.1 or 1"),
  subject: z.array(resource).min(1, "expected a subject, found none"),
  predicateType: said,
  predicate: z.unknown(),
});

const envelope = z.object({
  payloadType: said,
  payload: z.string(),
  signatures: z.array(z.object({ keyid: said.nullish(), sig: said })),
});

type Signatures = { keyid: string | null; verified_by: string | null }[];

const IN_TOTO = "application/vnd.in-toto+json";

/** A statement, bare, in an envelope, or in a bundle of Sigstore with its envelope. */
export function statementReport(value: Json, text: string, keys: readonly TrustedKey[]): Json {
  const { dsseEnvelope } = z.looseObject({ dsseEnvelope: z.unknown() }).partial().catch({}).parse(value);
  const wrapped = (dsseEnvelope ?? value) as Json;
  const isEnvelope = typeof wrapped === "object" && wrapped !== null && "payloadType" in wrapped;
  if (!isEnvelope) return statementOf(wrapped, text, null);
  const { payloadType, payload, signatures } = shaped(envelope, wrapped, text, "a DSSE envelope");
  if (payloadType !== IN_TOTO)
    throw new FileProblem(1, `expected a payload of ${IN_TOTO}, found ${shown(payloadType)}`);
  const content = decoded(payload);
  const encoded = preAuthentication(payloadType, content);
  const verified = signatures.map(({ keyid, sig }) => ({
    keyid: keyid ?? null,
    verified_by: verifiedBy(encoded, Buffer.from(sig, "base64"), keys) ?? null,
  }));
  const inner = content.toString("utf8");
  return statementOf(readJson(inner), inner, verified, dsseEnvelope !== undefined);
}

/** What a signature of DSSE is about: type and content, each with its length. */
const preAuthentication = (type: string, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${content.length} `), content]);

function decoded(payload: string): Buffer {
  const content = Buffer.from(payload, "base64");
  const isBase64 = /^[\w+/-]*={0,2}$/.test(payload) && content.length > 0;
  if (!isBase64 || !isUtf8(content))
    throw new FileProblem(1, "expected base64 of UTF-8 text in payload, found something else");
  return content;
}

function statementOf(value: Json, text: string, signatures: Signatures | null, isBundle = false): Json {
  const { subject, predicateType, predicate } = shaped(statement, value, text, "an in-toto statement");
  const isProvenance = /^https:\/\/slsa\.dev\/provenance\/v(?:0\.2|1)/.test(predicateType);
  return {
    predicate_type: predicateType,
    subjects: subject,
    predicate: isProvenance
      ? shaped(provenance, (predicate ?? null) as Json, JSON.stringify(predicate), "SLSA provenance")
      : null,
    signatures,
    is_bundle: isBundle,
  } as Json;
}
