import { resolve } from "node:path";
import { allowedKeys, type KeysGiven } from "../../../reports/verify/allowed-keys.ts";
import { archivesIn } from "../../archive/library.ts";
import { verifyArchive, type ArchiveVerdict } from "../../archive/verify.ts";
import { shownPath } from "../../config/shown-path.ts";
import type { Effects } from "../../effects.ts";
import { printable } from "../../printable.ts";
import { verdictWord } from "../verify-pack.ts";

export interface VerifyValues {
  readonly key?: string[];
  readonly "allowed-signers"?: string;
  readonly namespace?: string;
  readonly json?: boolean;
}

/** Verifies an archive, or each of those in a folder. Needs no database and no configuration. */
export async function verify(values: VerifyValues, folder: string, effects: Effects): Promise<number> {
  const allowed = allowedKeys(keysOf(values), effects.cwd);
  let isSound = true;
  for (const one of foldersAt(resolve(effects.cwd, folder))) {
    const verdict = await verifyArchive(one, allowed);
    isSound &&= verdict.findings.length === 0;
    effects.stdout(
      values.json === true
        ? `${JSON.stringify({ folder: one, ...forPrograms(verdict) })}\n`
        : inWords(shownPath(one, effects.cwd), verdict),
    );
  }
  return isSound ? 0 : 1;
}

export const keysOf = (values: VerifyValues): KeysGiven => ({
  keys: values.key,
  allowedSigners: values["allowed-signers"],
  namespace: values.namespace,
});

/** A folder that is no archive is verified as one all the same: what is wrong with it is said. */
export function foldersAt(folder: string): string[] {
  const found = archivesIn([folder]).map((archive) => archive.folder);
  return found.length === 0 || found.includes(folder) ? [folder] : found;
}

const forPrograms = ({ manifest, signature, findings }: ArchiveVerdict) => ({
  verdict: verdictWord(findings.length, signature.isSigned, signature.signer ?? null),
  period: manifest?.period.label,
  signer: signature.signer,
  fingerprint: signature.fingerprint,
  findings,
});

export function inWords(place: string, { manifest, signature, findings }: ArchiveVerdict): string {
  const lines = findings.map(({ file, problem }) => `${file}: ${problem}`);
  const { period, held, chain } = manifest ?? {};
  const what = `${place}: ${period?.label ?? "no archive"}${held === undefined ? "" : `, ${held.records} records of ${chain?.records ?? 0} that were collected`}`;
  const state =
    findings.length > 0
      ? `${findings.length} ${findings.length === 1 ? "finding" : "findings"}`
      : "nothing was altered";
  return printable(`${[...lines, `${what}: ${state}; ${signerWords({ signature })}`].join("\n")}\n`);
}

function signerWords({ signature }: Pick<ArchiveVerdict, "signature">): string {
  if (!signature.isSigned) return "nobody signed it";
  if (signature.fingerprint === undefined) return "its signature is not of this archive";
  return signature.signer === undefined
    ? `signed with ${signature.fingerprint}; --key says whether that is the right key`
    : `signed by ${signature.signer} (${signature.fingerprint})`;
}
