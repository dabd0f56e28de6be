import { SIGNATURE, SUMS } from "../../reports/folder/files.ts";
import { verifyLine } from "../../reports/folder/signature-block.ts";
import type { ArchiveManifest } from "./manifest.ts";

/** VERIFY.md of an archive: what a stranger types to check it without Quarterdeck. */
export const archiveGuide = ({ period, organisation, signing, chain }: ArchiveManifest): string =>
  [
    `# Archive of ${period.label}, ${organisation}`,
    `What was collected and belongs to ${period.from} until before ${period.until} (${period.time_zone}), as Parquet: \`payload.parquet\` holds what records say, \`record.parquet\` the hash of every version that
was ever collected, \`batch.parquet\` the chain over them. Nothing of Quarterdeck is needed to check it: type what stands indented, in this folder.`,
    unaltered,
    ...(signing === null ? [UNSIGNED] : [signed(signing)]),
    chained(chain),
    SAYS,
    "Whoever has Quarterdeck types `quarterdeck archive verify <this folder> --key <public key file>`, which does all of it, and `quarterdeck archive restore <this folder>` to read it again.",
  ]
    .join("\n\n")
    .concat("\n");

const unaltered = `## No file was altered

    sha256sum -c ${SUMS}

Expected: \`OK\` behind every file.`;

const UNSIGNED = `## Nobody signed it

There is no ${SIGNATURE}: the sums show that the files fit together, and prove nothing against somebody who wrote all of them anew.`;

const signed = (signing: NonNullable<ArchiveManifest["signing"]>) => `## It was signed, and by whom

The public key of ${signing.identity} must come from outside of this archive. Save it as \`audit.pub\` beside this folder.

    (printf '${signing.identity} '; cat ../audit.pub) > ../allowed_signers
    ${verifyLine(signing)}

Expected: \`Good "${signing.namespace}" signature for ${signing.identity} with ED25519 key ${signing.fingerprint}\``;

const chained = ({ batches, head }: ArchiveManifest["chain"]) => `## Each batch follows the one before

With [DuckDB](https://duckdb.org) on the command line (\`duckdb\`):

    select count(*), max_by(chain_sha256, batch_id) from (
      select *, lag(chain_sha256, 1, '') over (order by batch_id) as before from 'batch.parquet'
    ) where previous_sha256 = before and chain_sha256 = sha256(before || sha256);

Expected: ${batches} and \`${head}\`.`;

const SAYS = `## Records say what was collected

    select count(*) from 'payload.parquet'
    where sha256 <> sha256(concat_ws(chr(31), source, stream, key, payload));

Expected: 0.`;
