import { createHash } from "node:crypto";
import { type Instant, isoUtc, MINUTE } from "../clock.ts";
import { csv, type TextFile } from "../files/text.ts";
import type { Deployment, World } from "../records.ts";
import type { Service } from "../services.ts";
import { auditedDeployments, keepsBooks, madeAt, shaOf } from "./audited.ts";
import { isWithheld, type Proof } from "./planted.ts";

/** What was built of a commit of a service, and when it was first deployed. */
export interface Artifact {
  readonly service: Service;
  readonly version: string | undefined;
  readonly sha: string;
  readonly digest: string;
  readonly builtAt: Instant;
  readonly usedAt: Instant;
}

/** One build of each commit that the books were ever deployed with. */
export function artifactsOf(world: World): Artifact[] {
  const found = new Map<string, Artifact>();
  const inOrder = auditedDeployments(world)
    .filter(({ service }) => keepsBooks(service))
    .sort((one, other) => one.startedAt - other.startedAt);
  for (const deployment of inOrder) {
    const key = `${deployment.service.name} ${shaOf(deployment.head)}`;
    if (!found.has(key)) found.set(key, built(deployment));
  }
  return [...found.values()];
}

function built({ service, head, version, startedAt }: Deployment): Artifact {
  const sha = shaOf(head);
  const digest = createHash("sha256").update(`${service.name} ${sha}`).digest("hex");
  return {
    service,
    version,
    sha,
    digest: `sha256:${digest}`,
    builtAt: madeAt(head) + MINUTE,
    usedAt: startedAt,
  };
}

/** `202603141952` */
const stamp = (at: Instant) => isoUtc(at).replace(/\D/g, "").slice(0, 12);

/** A version is what people call it; without one it is the commit. */
export const nameOf = ({ service, sha, version }: Artifact) =>
  version === undefined ? sha : `${service.name}@${version}`;

const has = (proof: Proof | undefined, artifact: Artifact) =>
  proof === undefined || !isWithheld(proof, nameOf(artifact));

export function artifactsFile(world: World): TextFile {
  const rows = artifactsOf(world).map(({ service, version, sha, digest, builtAt }) => ({
    id: `${service.code}-${sha.slice(0, 10)}`,
    service: service.name,
    name: `${service.name}-${version ?? "main"}-${stamp(builtAt)}-${sha.slice(0, 7)}`,
    version: version ?? "",
    digest,
    kind: "container",
    size_bytes: 180_000_000,
    built_at: isoUtc(builtAt),
    sha,
    is_signed: true,
    has_sbom: true,
    scan_outcome: "passed",
  }));
  return { name: "artifacts.csv", text: csv(rows) };
}

const SIGNER = "build.example.com";

/** Signature, its verification before the first deployment, provenance and scans of each artifact. */
export function artifactProof(world: World): Record<string, string>[] {
  return artifactsOf(world).flatMap((artifact) => {
    const { service, sha, digest, builtAt, usedAt } = artifact;
    const piece = (
      kind: string,
      proof: Proof | undefined,
      at: Instant,
      outcome: string,
      more: object = {},
    ) =>
      has(proof, artifact)
        ? [
            {
              id: `${kind}-${service.code}-${sha.slice(0, 10)}`,
              kind,
              subject: digest,
              service: service.name,
              at: isoUtc(at),
              actor: SIGNER,
              outcome,
              attributes: JSON.stringify({ sha, digest, ...more }),
            },
          ]
        : [];
    return [
      ...piece("signature", undefined, builtAt + 1, "verified", { identity: SIGNER }),
      ...piece("signature_verification", "signature check", usedAt - MINUTE, "verified", {
        identity: SIGNER,
      }),
      ...piece("provenance", "provenance", builtAt + 2, "", {
        source_uri: `https://code.example.com/${service.name}`,
        builder: `https://${SIGNER}/runner/2`,
        build_type: "https://slsa.dev/container-based-build/v0.1",
        environment: "hermetic",
        lockfile: true,
        owner: service.team,
      }),
      ...piece("sbom", "provenance", builtAt + 2, ""),
      ...piece("security_scan", "scan", builtAt + 20, "passed", { blocking: 0, critical: 0, high: 0 }),
      ...piece("secret_scan", "scan", builtAt + 21, "passed", { blocking: 0 }),
      ...piece("static_analysis", "scan", builtAt + 22, "passed", { blocking: 0 }),
      ...piece("vault_reference", "scan", builtAt + 23, "passed"),
    ];
  });
}
