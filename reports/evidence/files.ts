import { queryFiles } from "../../src/warehouse/model.ts";
import type { Warehouse } from "../../src/warehouse/open.ts";
import type { PackFile } from "../pack-folder.ts";
import { packQueries, type PackQuery } from "../pack-queries.ts";
import { configFile, type ConfigFile } from "./config-file.ts";
import { citedRecords } from "./cited.ts";
import { allowLists, type AllowLists } from "./fields.ts";
import { digestFiles } from "./digests.ts";
import { chainHead, chainLog, collectionFacts, sealedRecords } from "./log.ts";
import { earlierRecords, recordFiles, type EvidenceStream } from "./records.ts";
import { makeResults, resultFiles } from "./results.ts";
import { isWhole, type PackScope } from "./scope.ts";
import { sqlOf } from "./sql.ts";

/** What is the same for all packs of a build, so that many need to ask only once. */
export interface EvidenceKit {
  /** The queries that results of controls follow from. */
  readonly queries: readonly PackQuery[];
  readonly listsOf: AllowLists;
  readonly config: ConfigFile;
  readonly chain: PackFile;
  readonly digests: readonly PackFile[];
  readonly streams: readonly EvidenceStream[];
  /** The fingerprint of the map with which people were given pseudonyms; null = they have their names. */
  readonly pseudonyms: string | null;
}

export async function evidenceKit(warehouse: Warehouse, localQueries?: string): Promise<EvidenceKit> {
  const pseudonyms = await pseudonymsOf(warehouse);
  return {
    queries: await packQueries(warehouse, ["controls.result"], localQueries),
    listsOf: allowLists(queryFiles(localQueries)),
    config: await configFile(warehouse, pseudonyms !== null),
    chain: await chainLog(warehouse),
    digests: await digestFiles(warehouse),
    streams: await warehouse.rows<EvidenceStream>(sqlOf("evidence_streams")),
    pseudonyms,
  };
}

async function pseudonymsOf(warehouse: Warehouse): Promise<string | null> {
  const [row] = await warehouse.rows<{ fingerprint: string | null }>(
    "select getvariable('pseudonyms')::varchar as fingerprint",
  );
  return row?.fingerprint ?? null;
}

/**
 * Everything that lies beside the PDF of a pack so that others can judge it: the records behind its numbers, results of controls in
 * the forms that tools read, configuration and queries as used, and the chain of what was collected.
 */
export async function evidenceFiles(
  warehouse: Warehouse,
  scope: PackScope,
  given?: EvidenceKit,
): Promise<PackFile[]> {
  const kit = given ?? (await evidenceKit(warehouse));
  await makeResults(warehouse, scope);
  return [
    ...(await resultFiles(warehouse, scope)),
    kit.config.file,
    ...kit.queries.map(({ relation, text }) => ({ path: `sql/${relation}.sql`, content: encoded(text) })),
    ...(await rawFiles(warehouse, scope, kit)),
    kit.chain,
    chainHead(kit.chain),
    ...kit.digests,
  ];
}

const encoded = (text: string) => new TextEncoder().encode(text);

/** Records alone: what results are computed from. */
export async function rawFiles(
  warehouse: Warehouse,
  scope: PackScope,
  { streams, listsOf, config, pseudonyms }: Pick<EvidenceKit, "streams" | "listsOf" | "config" | "pseudonyms">,
): Promise<PackFile[]> {
  const cited = isWhole(scope) ? undefined : await citedRecords(warehouse, scope);
  const chosen = ({ source, stream }: EvidenceStream) =>
    cited === undefined ? undefined : (cited.get(source)?.get(stream) ?? []);
  const { files, index, redactions } = await recordFiles(warehouse, streams, listsOf, chosen, pseudonyms !== null);
  return [
    ...files,
    {
      path: "evidence/index.json",
      content: encoded(
        `${JSON.stringify({ is_whole: cited === undefined, ...(pseudonyms === null ? {} : { pseudonyms }), streams: index }, null, 1)}\n`,
      ),
    },
    { path: "evidence/redactions.csv", content: encoded(redactions.with(config.redactions).csv()) },
    ...(await earlierRecords(warehouse, streams, listsOf, chosen, pseudonyms !== null)),
    ...(cited === undefined ? [await collectionFacts(warehouse), await sealedRecords(warehouse)] : []),
  ];
}
