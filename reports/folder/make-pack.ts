import type { PackDocument } from "../layout/nodes.ts";
import { renderPdf } from "../layout/render.ts";
import { tableParquet } from "../parquet.ts";
import { manifestEntry, writePack, type PackFile } from "../pack-folder.ts";
import { besidePdf, type MadeWith } from "./beside.ts";
import type { PackPlan } from "./edition.ts";
import { pathsIn } from "./sums.ts";

export interface BuiltPack {
  readonly directory: string;
  /** Relative paths, sorted. */
  readonly files: readonly string[];
  readonly warnings: readonly string[];
  /** Nothing was written: the pack was there already. */
  readonly isKept: boolean;
}

interface Parts {
  readonly document: (plan: PackPlan) => PackDocument;
  readonly data: MadeWith;
  /** What others judge it by: records, results, configuration. */
  readonly evidence?: readonly PackFile[];
}

/** Draws and writes a pack where it is to lie; one that lies there already stays. */
export async function makePack(plan: PackPlan, { document, data, evidence = [] }: Parts): Promise<BuiltPack> {
  const { directory } = plan;
  if (plan.isThere) return { directory, files: pathsIn(directory), warnings: [], isKept: true };
  const drawn = document(plan);
  const { attachments } = drawn;
  const pdf = await renderPdf(drawn);
  const files = await writePack(
    plan,
    [
      { path: "pack.pdf", content: pdf.bytes },
      ...(await tableParquet(attachments)),
      ...besidePdf(attachments, data, evidence),
    ],
    attachments.map(({ name, content }) => manifestEntry(name, content)),
  );
  return { directory, files, warnings: pdf.warnings, isKept: false };
}
