import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { sha256 } from "../folder/files.ts";
import type { Manifest } from "../folder/manifest.ts";
import type { FilesChecked } from "./check-files.ts";
import { finding, reasonOf, type Finding } from "./finding.ts";
import { limits, readWithin } from "./limits.ts";

export const PDF = "pack.pdf";

/** Whether the files inside of the PDF are those that the manifest lists. */
export async function checkAttachments(
  folder: string,
  manifest: Manifest,
  files: FilesChecked,
): Promise<Finding[]> {
  // What was altered is not read; what is missing was told.
  if (!files.hashes.has(PDF) || files.findings.some(({ file }) => file === PDF)) return [];
  try {
    return compare(await attachmentsOf(readWithin(folder, PDF, limits.pdf)), manifest);
  } catch (error) {
    return [finding(PDF, `cannot be read as a PDF: ${reasonOf(error)}`)];
  }
}

async function attachmentsOf(bytes: Uint8Array): Promise<Map<string, Uint8Array>> {
  const task = getDocument({
    data: Uint8Array.from(bytes),
    useSystemFonts: false,
    disableFontFace: true,
    verbosity: 0,
  });
  try {
    const pdf = await task.promise;
    // Null where there is none, whatever the types say.
    const found = (await pdf.getAttachments()) as Record<
      string,
      { filename: string; content: Uint8Array }
    > | null;
    return new Map(Object.values(found ?? {}).map(({ filename, content }) => [filename, content]));
  } finally {
    await task.destroy();
  }
}

function compare(
  attached: ReadonlyMap<string, Uint8Array>,
  { attached_in_pdf: listed }: Manifest,
): Finding[] {
  const expected = new Map(listed.map(({ file, sha256: hash }) => [file, hash]));
  const names = [...new Set([...expected.keys(), ...attached.keys()])].sort();
  return names.flatMap((name) => {
    const content = attached.get(name);
    const hash = expected.get(name);
    if (content !== undefined && hash === sha256(content)) return [];
    if (content === undefined)
      return [finding(PDF, `does not hold ${name}, which manifest.json lists as attached`)];
    if (hash === undefined) return [finding(PDF, `holds ${name}, which manifest.json does not list`)];
    return [finding(PDF, `holds another ${name} than manifest.json lists`)];
  });
}
