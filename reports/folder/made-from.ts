import { keyValues, paragraph, type DocumentNode, type KeyValues } from "../layout/nodes.ts";
import type { PackQuery } from "../pack-queries.ts";
import type { Provenance } from "../release/data.ts";
import type { Times } from "../release/words.ts";
import type { PackSubject } from "./files.ts";

/** From what every pack is made: another edition follows where one of these is another. */
export const madeFrom = ({
  as_of,
  records_sha256,
  configuration_sha256,
  queries_sha256,
  product_version,
}: Provenance): PackSubject["madeFrom"] => ({
  as_of,
  records_sha256,
  configuration_sha256,
  queries_sha256,
  product_version,
});

/** The same for readers: rows of the table on every cover. */
export function madeFromRows(provenance: Provenance, queries: readonly PackQuery[]): KeyValues["rows"] {
  const local = queries.filter(({ isLocal }) => isLocal).map(({ relation }) => relation);
  return [
    ["Records", `SHA-256 ${provenance.records_sha256}`],
    ["Configuration", `SHA-256 ${provenance.configuration_sha256}`],
    ["Made by", `Quarterdeck ${provenance.product_version}; queries SHA-256 ${provenance.queries_sha256}`],
    [
      "Rules",
      local.length === 0 ? "Those of the product" : `Replaced or added by local rules: ${local.join(", ")}`,
    ],
    ["Collected", "In the runs that collection-log.csv beside this PDF names; the date in the properties of this PDF is as-of"],
  ];
}

/** How people are called in every kind of pack that lists them, to follow a name and a colon. */
export const PEOPLE =
  "as the organisation lets them be shown. One name is one person throughout; evidence/ has the records behind it. “Withheld” is somebody whose records say no name that may be shown";

/** What the figures were made from, and that the same makes the same; with more to say of it in rows of its own. */
export const madeFromNodes = (
  provenance: Provenance,
  times: Times,
  more: KeyValues["rows"] = [],
): DocumentNode[] => [
  paragraph(
    "The same records, configuration, queries and as-of give the same pack, byte by byte, in whichever runs and however often they were collected. The records digest is made by the attached query reports.records_digest; whoever collects the same records anew can compare it. When and in which runs the data came is in collection-log.csv beside this PDF, whose hash is in SHA256SUMS.",
  ),
  keyValues([
    ["As of", `${times.minute(provenance.as_of)} (in UTC ${provenance.as_of}); later events are left out`],
    ["Records", provenance.records_sha256],
    ["Configuration", provenance.configuration_sha256],
    ["Queries", provenance.queries_sha256],
    ["Made by", `Quarterdeck ${provenance.product_version}`],
    ...more,
  ]),
  paragraph(
    "Stock tools compute these digests from the folder of this pack (VERIFY.md says what to expect, and how a file's own digest follows from its lines). Configuration, records and queries, in this order:",
  ),
  paragraph("sha256sum config/quarterdeck.json evidence/digests.txt sql/digests.txt", "code"),
];
