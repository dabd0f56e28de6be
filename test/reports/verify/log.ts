import { sha256 } from "../../../reports/folder/files.ts";

/** Lines of an evidence log over batches with these hashes. */
export function logOf(batches: readonly string[]): string[] {
  let chain = "";
  return batches.map((hash, index) => {
    const previous = chain;
    chain = sha256(previous + hash);
    const entry = {
      sha256: hash,
      previous_sha256: previous,
      chain_sha256: chain,
      batch: index + 1,
      source: 'a "sha256":"0"',
      stream: "x",
    };
    return JSON.stringify(entry);
  });
}
