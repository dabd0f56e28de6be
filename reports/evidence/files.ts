import { queryFiles } from "../../src/warehouse/model.ts";
import type { Warehouse } from "../../src/warehouse/open.ts";
import type { PackFile } from "../pack-folder.ts";
import { packQueries, type PackQuery } from "../pack-queries.ts";
import { configFile, type ConfigFile } from "./config-file.ts";
import { closedRecords } from "./cited.ts";
import { leftOutFile } from "./enough.ts";
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
  /** The user's own queries folder, where there is one. */
  readonly localQueries: string | undefined;
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
    localQueries,
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
 * @param isTried whether to find out if the records of a pack that has not all of them are enough for its results
 */
export async function evidenceFiles(
  warehouse: Warehouse,
  scope: PackScope,
  given?: EvidenceKit,
  isTried = true,
): Promise<PackFile[]> {
  const kit = given ?? (await evidenceKit(warehouse));
  await makeResults(warehouse, scope);
  const computedFrom = [
    ...(await resultFiles(warehouse, scope)),
    kit.config.file,
    ...(await rawFiles(warehouse, scope, kit)),
    kit.chain,
  ];
  return [
    ...computedFrom,
    ...(isWhole(scope) || !isTried ? [] : [await leftOutFile(computedFrom, kit.localQueries)]),
    ...kit.queries.map(({ relation, text }) => ({ path: `sql/${relation}.sql`, content: encoded(text) })),
    chainHead(kit.chain),
    ...kit.digests,
  ];
}

const encoded = (text: string) => new TextEncoder().encode(text);

/** A pack that has not all records says how many there are: whether that is what a source declares cannot be counted from it. */
const heldRecords = (warehouse: Warehouse): Promise<object[]> => warehouse.rows(sqlOf("held_records"));

/** Records alone: what results are computed from. */
export async function rawFiles(
  warehouse: Warehouse,
  scope: PackScope,
  { streams, listsOf, config, pseudonyms }: Pick<EvidenceKit, "streams" | "listsOf" | "config" | "pseudonyms">,
): Promise<PackFile[]> {
  const closed = isWhole(scope) ? undefined : await closedRecords(warehouse, scope);
  const chosen = ({ source, stream }: EvidenceStream) =>
    closed === undefined ? undefined : (closed.get(source)?.get(stream) ?? []);
  const { files, index, redactions } = await recordFiles(warehouse, streams, listsOf, chosen, pseudonyms !== null);
  return [
    ...files,
    {
      path: "evidence/index.json",
      content: encoded(
        `${JSON.stringify({ is_whole: closed === undefined, ...(closed === undefined ? {} : { held: await heldRecords(warehouse) }), ...(pseudonyms === null ? {} : { pseudonyms }), streams: index }, null, 1)}\n`,
      ),
    },
    { path: "evidence/redactions.csv", content: encoded(redactions.with(config.redactions).csv()) },
    ...(await earlierRecords(warehouse, streams, listsOf, chosen, pseudonyms !== null)),
    await collectionFacts(warehouse, closed === undefined),
    await sealedRecords(warehouse, closed === undefined),
  ];
}
