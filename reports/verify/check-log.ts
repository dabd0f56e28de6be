import { z } from "zod";
import { EVIDENCE_LOG, EVIDENCE_LOG_HEAD, sha256 } from "../folder/files.ts";
import type { FilesChecked } from "./check-files.ts";
import { finding, reasonOf, type Finding } from "./finding.ts";
import { limits, readWithin } from "./limits.ts";

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const entry = z.object({ sha256: digest, previous_sha256: z.string(), chain_sha256: digest });

/** Whether each line of the evidence log is chained to those before it. */
export function checkLog(folder: string, { hashes }: FilesChecked): Finding[] {
  if (!hashes.has(EVIDENCE_LOG)) return [];
  try {
    const head = hashes.has(EVIDENCE_LOG_HEAD)
      ? readWithin(folder, EVIDENCE_LOG_HEAD, limits.text).toString("utf8")
      : undefined;
    return chainProblem(readWithin(folder, EVIDENCE_LOG, limits.log).toString("utf8"), head);
  } catch (error) {
    return [finding(EVIDENCE_LOG, reasonOf(error))];
  }
}

function chainProblem(text: string, head: string | undefined): Finding[] {
  const lines = text.split("\n");
  if (lines.pop() !== "") return [finding(EVIDENCE_LOG, "its last line does not end")];
  let chain = "";
  for (const [index, line] of lines.entries()) {
    const read = readEntry(line);
    if (typeof read === "string") return [finding(EVIDENCE_LOG, `line ${index + 1} ${read}`)];
    const before = chain;
    chain = sha256(before + read.sha256);
    if (before !== read.previous_sha256 || chain !== read.chain_sha256) {
      return [
        finding(
          EVIDENCE_LOG,
          `line ${index + 1} is not chained to those before it: one of them was altered, removed or added`,
        ),
      ];
    }
  }
  const end = `${lines.length} ${chain}\n`;
  return head === undefined || head === end
    ? []
    : [
        finding(
          EVIDENCE_LOG,
          `ends after ${lines.length} lines, and ${EVIDENCE_LOG_HEAD} says otherwise: lines were cut off or added at its end`,
        ),
      ];
}

function readEntry(line: string): z.output<typeof entry> | string {
  try {
    const parsed = entry.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : "lacks sha256, previous_sha256 or chain_sha256";
  } catch {
    return "is no JSON";
  }
}
