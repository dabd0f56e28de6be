import { join } from "node:path";
import { UsageError } from "../../src/errors.ts";
import type { Warehouse } from "../../src/warehouse/open.ts";
import { evidenceFiles, evidenceKit } from "../evidence/files.ts";
import { planPack, type Issuing, type PackPlan } from "../folder/edition.ts";
import { madeFrom } from "../folder/made-from.ts";
import { makePack, type BuiltPack } from "../folder/make-pack.ts";
import { ownQueries } from "../own-queries.ts";
import { packQueries } from "../pack-queries.ts";
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
  { localQueries, issuing }: { readonly localQueries?: string; readonly issuing?: Issuing } = {},
): Promise<BuiltPack> {
  const tables = await readDossiers(warehouse, [await unitOf(warehouse, id)]);
  const [dossier] = dossiersOf(tables);
  if (!dossier) throw new UsageError(`pack dossier: nothing is known of ${JSON.stringify(id)}`);
  const data: DossierPackData = {
    provenance: await readProvenance(warehouse),
    dossier,
    tables,
    queries: await packQueries(warehouse, ["reports.provenance"], localQueries, [ownQueries("dossier")]),
    collectionLog: await warehouse.rows("select * from reports.collection_log order by rowid"),
  };
  const plan = planOf(data, outputDirectory, issuing);
  const { unit, kind } = dossier.dossier;
  const scope = { kind: "dossier", unit_kind: kind, unit } as const;
  const evidence = plan.isThere
    ? []
    : await evidenceFiles(warehouse, scope, await evidenceKit(warehouse, localQueries));
  return makePack(plan, { document: (planned) => dossierDocument(data, planned), data, evidence });
}

/** Where the dossier is to lie. */
function planOf(data: DossierPackData, outputDirectory: string, issuing?: Issuing): PackPlan {
  const { unit, kind } = data.dossier.dossier;
  const subject = { kind: "dossier", of: { [kind]: unit }, madeFrom: madeFrom(data.provenance) };
  return planPack(join(outputDirectory, safeName(`dossier-${unit}`)), subject, issuing);
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
