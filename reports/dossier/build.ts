import { join } from "node:path";
import { UsageError } from "../../src/errors.ts";
import type { Warehouse } from "../../src/warehouse/open.ts";
import { renderPdf } from "../layout/render.ts";
import { ownQueries } from "../own-queries.ts";
import { manifestEntry, writePackFolder } from "../pack-folder.ts";
import { packQueries } from "../pack-queries.ts";
import { collectionLog, folderFiles, type BuiltPack } from "../release/build.ts";
import { readProvenance } from "../release/read.ts";
import { safeName } from "../safe-name.ts";
import { dossierDocument, type DossierPackData } from "./document.ts";
import { dossiersOf, readDossiers } from "./read.ts";

/**
 * Writes the dossier of one deployment or change request as `dossier-<id>`.
 * @throws {UsageError} when nothing has that id, or several things have
 */
export async function buildDossierPack(
  warehouse: Warehouse,
  id: string,
  outputDirectory: string,
  localQueries?: string,
): Promise<BuiltPack> {
  const tables = await readDossiers(warehouse, [await unitOf(warehouse, id)]);
  const [dossier] = dossiersOf(tables);
  if (!dossier) throw new UsageError(`pack dossier: nothing is known of ${JSON.stringify(id)}`);
  return writeDossierPack(
    {
      provenance: await readProvenance(warehouse),
      dossier,
      tables,
      queries: await packQueries(warehouse, ["reports.provenance"], localQueries, [ownQueries("dossier")]),
      collectionLog: await warehouse.rows("select * from reports.collection_log order by rowid"),
    },
    outputDirectory,
  );
}

export async function writeDossierPack(data: DossierPackData, outputDirectory: string): Promise<BuiltPack> {
  const document = dossierDocument(data);
  const pdf = await renderPdf(document);
  const { unit, kind } = data.dossier.dossier;
  const { as_of, records_sha256, configuration_sha256, queries_sha256, product_version } = data.provenance;
  const directory = join(outputDirectory, safeName(`dossier-${unit}`));
  const files = writePackFolder(
    directory,
    {
      kind: "dossier",
      of: { [kind]: unit },
      madeFrom: { as_of, records_sha256, configuration_sha256, queries_sha256, product_version },
    },
    [
      { path: "pack.pdf", content: pdf.bytes },
      ...folderFiles(document.attachments, data.queries),
      collectionLog(data),
    ],
    document.attachments.map(({ name, content }) => manifestEntry(name, content)),
  );
  return { directory, files, warnings: pdf.warnings };
}

/** The deployment or change request that has this id, as Quarterdeck or its source writes it. */
async function unitOf(warehouse: Warehouse, id: string): Promise<string> {
  const rows = await warehouse.rows<{ unit: string; is_exact: boolean }>(
    `select unit, bool_or(unit = name) as is_exact
     from (
       select d.deployment_id as unit, unnest([d.deployment_id, n.native_id]) as name
       from controls.production_deployment as d
       join model.deployment as n on n.deployment_id = d.deployment_id
       union all
       select change_request_id, unnest([change_request_id, native_id])
       from model.change_request
     )
     where name = ?
     group by unit
     order by unit`,
    [id],
  );
  const exact = rows.filter(({ is_exact }) => is_exact);
  const found = exact.length > 0 ? exact : rows;
  if (found[0] && found.length === 1) return found[0].unit;
  if (found.length > 1)
    throw new UsageError(
      `pack dossier: ${id} is one of ${found.map(({ unit }) => unit).join(", ")}: name the one you mean`,
    );
  throw new UsageError(
    `pack dossier: no production deployment and no change request has the id ${JSON.stringify(id)}; \`quarterdeck query controls.production_deployment\` and \`quarterdeck query model.change_request\` list them`,
  );
}
