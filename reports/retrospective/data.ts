import type { Retrospective } from "../../src/site/retrospective-rows.ts";
import type { PackQuery } from "../pack-queries.ts";
import type { CollectionLogRow, Provenance } from "../release/data.ts";

export interface RetrospectivePackData {
  readonly found: Retrospective;
  readonly provenance: Provenance;
  /** Those of its own tables; what they read is the product's, and no evidence is given here. */
  readonly queries: readonly PackQuery[];
  /** Names of all local rules that its figures follow. */
  readonly localRules: readonly PackQuery[];
  readonly collectionLog: readonly CollectionLogRow[];
}
