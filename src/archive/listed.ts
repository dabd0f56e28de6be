import { basename } from "node:path";
import { signatureOf } from "../../reports/folder/library.ts";
import type { Archived, ListedArchive } from "../site/archive-rows.ts";
import type { Warehouse } from "../warehouse/open.ts";
import { archivesIn, sumsDigest, type Archive } from "./library.ts";
import { statement } from "./statements.ts";

/** What the site tells of archives and of what is in them alone. */
export async function archivedFor(warehouse: Warehouse, folders: readonly string[]): Promise<Archived> {
  const [read] = await warehouse.rows<{ read_from_archives: number; read_nowhere: number }>(
    statement("read_from"),
  );
  return {
    archives: archivesIn(folders).map(listed),
    readFromArchives: read?.read_from_archives ?? 0,
    readNowhere: read?.read_nowhere ?? 0,
  };
}

const listed = ({ folder, manifest }: Archive): ListedArchive => ({
  folder: basename(folder),
  label: manifest.period.label,
  edition: manifest.edition,
  from: manifest.period.from,
  until: manifest.period.until,
  records: manifest.held.records,
  bytes: manifest.files.reduce((sum, { bytes }) => sum + bytes, 0),
  writtenAt: manifest.written_at,
  sha256: sumsDigest(folder),
  signature: signatureOf(folder, manifest),
});
