import type { z } from "zod";
import { MANIFEST } from "../folder/files.ts";
import { manifestSchema, type Manifest } from "../folder/manifest.ts";
import type { FilesChecked } from "./check-files.ts";
import { finding, reasonOf, type Finding } from "./finding.ts";
import { limits, readWithin } from "./limits.ts";

export interface ManifestChecked {
  readonly manifest?: Manifest;
  readonly findings: readonly Finding[];
}

/** Whether manifest.json can be read; where it was altered it is not. */
export function readManifestOf(folder: string, { hashes, findings }: FilesChecked): ManifestChecked {
  if (findings.some(({ file }) => file === MANIFEST)) return { findings: [] };
  if (!hashes.has(MANIFEST))
    return { findings: [finding(MANIFEST, "is missing: nothing says what this pack is of")] };
  try {
    const parsed = manifestSchema.safeParse(
      JSON.parse(readWithin(folder, MANIFEST, limits.text).toString("utf8")),
    );
    return parsed.success
      ? { manifest: parsed.data, findings: [] }
      : { findings: [finding(MANIFEST, wrong(parsed.error))] };
  } catch (error) {
    return { findings: [finding(MANIFEST, `is no JSON: ${reasonOf(error)}`)] };
  }
}

export function wrong({ issues: [first] }: z.core.$ZodError): string {
  const place = first?.path.map(String).join(".").slice(0, 100) ?? "";
  return `is not as it must be at ${place || "its top"}: ${first?.message ?? ""}`;
}

/** Whether the files are those that the manifest describes; what SHA256SUMS has told already is not said again. */
export function checkManifest({ files }: Manifest, { hashes, findings }: FilesChecked): Finding[] {
  const told = new Set(findings.map(({ file }) => file));
  return files
    .filter(({ file, sha256 }) => !told.has(file) && hashes.get(file) !== sha256)
    .map(({ file }) => finding(file, `is not the file that ${MANIFEST} describes`));
}
