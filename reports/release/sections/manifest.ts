import type { ManifestEntry } from "../../pack-folder.ts";
import { note, paragraph, table, type Section } from "../../layout/nodes.ts";
import { count } from "../words.ts";

/** The hash of every file inside this PDF, so that a copy of one can be compared with it. */
export function manifestSection(entries: readonly ManifestEntry[], isSigned: boolean): Section {
  const title = "Manifest";
  if (entries.length === 0) return { id: "manifest", title, nodes: [note("Nothing is attached.")] };
  return {
    id: "manifest",
    title,
    nodes: [
      paragraph(
        "These files are attached to this PDF. The folder of the pack holds them too, with a file SHA256SUMS over everything and VERIFY.md, which says how to check it with tools that every computer has.",
      ),
      table({
        caption: `Attached files and their SHA-256 (${count(entries.length)})`,
        columns: [{ title: "File" }, { title: "Bytes", align: "right" }, { title: "SHA-256" }],
        rows: entries.map(({ file, bytes, sha256 }) => [file, count(bytes), sha256]),
      }),
      note(
        isSigned
          ? "A hash shows that a file is unaltered since it was listed. Who listed it, the signature over SHA256SUMS in the pack's folder shows."
          : "A hash shows that a file is unaltered since it was listed. It does not show who made it: this pack is a draft and is not signed.",
      ),
    ],
  };
}
