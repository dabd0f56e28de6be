import { z } from "zod";
import type { Json } from "../../contract.ts";
import { said, shaped } from "../json.ts";

const item = z.object({
  SPDXID: said,
  name: said,
  versionInfo: said.nullish(),
  checksums: z.array(z.object({ algorithm: said, checksumValue: said })).nullish(),
  externalRefs: z
    .array(z.object({ referenceType: said.nullish(), referenceLocator: said.nullish() }))
    .nullish(),
});

const bill = z.object({
  spdxVersion: z.string().regex(/^SPDX-2\.[0-3]$/, "expected SPDX 2.0 to 2.3"),
  documentNamespace: said.nullish(),
  creationInfo: z.object({ created: said.nullish(), creators: z.array(said).nullish() }).nullish(),
  documentDescribes: z.array(said).nullish(),
  packages: z.array(z.looseObject({ SPDXID: said })).nullish(),
  relationships: z
    .array(z.object({ spdxElementId: said, relationshipType: said, relatedSpdxElement: said }))
    .nullish(),
});

/** What is kept of SPDX: its head, the packages that it describes, and how many others it has. */
export function spdxReport(value: Json, text: string): Json {
  const { spdxVersion, documentNamespace, creationInfo, documentDescribes, packages, relationships } = shaped(
    bill,
    value,
    text,
    "SPDX",
  );
  const described = new Set([
    ...(documentDescribes ?? []),
    ...(relationships ?? [])
      .filter((one) => one.relationshipType === "DESCRIBES" && one.spdxElementId === "SPDXRef-DOCUMENT")
      .map((one) => one.relatedSpdxElement),
  ]);
  const subjects = (packages ?? []).filter(({ SPDXID }) => described.has(SPDXID));
  return {
    spec: spdxVersion.replace("SPDX-", ""),
    serial: documentNamespace ?? null,
    created: creationInfo?.created ?? null,
    tools: (creationInfo?.creators ?? [])
      .filter((one) => one.startsWith("Tool: "))
      .map((one) => ({ name: one.slice(6), version: null })),
    subjects: subjects.map((one) => subjectOf(shaped(item, one as Json, text, "SPDX"))),
    components: (packages ?? []).length - subjects.length,
  };
}

const subjectOf = ({ name, versionInfo, checksums, externalRefs }: z.output<typeof item>): Json => ({
  name,
  version: versionInfo ?? null,
  purl: externalRefs?.find(({ referenceType }) => referenceType === "purl")?.referenceLocator ?? null,
  hashes: (checksums ?? []).map(({ algorithm, checksumValue }) => ({
    alg: algorithm,
    content: checksumValue,
  })),
});
