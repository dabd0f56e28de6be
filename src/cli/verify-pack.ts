import { PSEUDONYMS } from "../../reports/folder/files.ts";
import type { ReperformOptions } from "../../reports/evidence/reperform/reperform.ts";
import { allowedKeys, type AllowedKeys, type KeysGiven } from "../../reports/verify/allowed-keys.ts";
import { reperformWith } from "../../reports/verify/reperformance.ts";
import { verifyPack, type PackVerdict } from "../../reports/verify/verify-pack.ts";
import type { Effects } from "../effects.ts";
import { DataError } from "../errors.ts";
import { printableLine, unseenEscaped } from "../printable.ts";

interface Computing extends ReperformOptions {
  /** Only files and signatures are looked at. */
  readonly isLeftOut?: boolean | undefined;
}

export async function verdictOn(
  pack: string,
  given: KeysGiven,
  { isLeftOut, ...options }: Computing,
  effects: Effects,
): Promise<PackVerdict> {
  const allowed = allowedKeys(given, effects.cwd);
  if (isLeftOut === true) return verifyPack(pack, allowed);
  if (options.evidence !== undefined) await refuseAltered(options.evidence, allowed);
  return verifyPack(pack, allowed, reperformWith(options));
}

/** What is computed from evidence that was altered would say nothing. */
async function refuseAltered(evidence: string, allowed: AllowedKeys): Promise<void> {
  const { findings } = await verifyPack(evidence, allowed);
  if (findings.length === 0) return;
  throw new DataError(
    `${evidence} is not as it must be: \`quarterdeck verify ${evidence}\` says what was altered`,
  );
}

/** What is wrong, one line each, and then whether the pack can be believed. */
export function sayVerdict(verdict: PackVerdict, isJson: boolean, effects: Effects): void {
  if (isJson) return effects.stdout(`${unseenEscaped(JSON.stringify(asJson(verdict), null, 2))}\n`);
  const { findings, reperformed } = verdict;
  for (const { file, problem } of findings) effects.stdout(`${printableLine(`${file}: ${problem}`)}\n`);
  const pseudonyms = verdict.manifest?.of[PSEUDONYMS];
  if (pseudonyms !== undefined)
    effects.stderr(
      `note: people have pseudonyms, made with the map of fingerprint ${printableLine(pseudonyms.slice(0, 100))}: records, hashes and chain are those with pseudonyms, and that they are otherwise as collected is the word of who made the pack\n`,
    );
  for (const result of reperformed?.leftOut ?? [])
    effects.stderr(`note: ${printableLine(`${result}: not computed anew: it follows from records that this pack has not; a period pack of the same records has them (--evidence <folder>)`)}\n`);
  for (const note of reperformed?.notes ?? []) effects.stderr(`note: ${printableLine(note)}\n`);
  effects.stdout(`${printableLine(`${nameOf(verdict)}: ${conclusion(verdict)}`)}\n`);
}

function nameOf({ manifest, files }: PackVerdict): string {
  if (manifest === undefined) return `a pack of ${files} files`;
  const { pack, of, edition } = manifest;
  const number = edition.number === 1 ? "" : `, edition ${edition.number}`;
  // Whoever made the pack wrote this, too.
  const name = `${pack} pack of ${Object.values(of).join(" ")}`.slice(0, 300);
  return `${name}${number}, ${files} files`;
}

function conclusion({ findings, signature, reperformed }: PackVerdict): string {
  if (findings.length === 1) return "1 thing is not as it must be";
  if (findings.length > 1) return `${findings.length} things are not as they must be`;
  const compared = reperformed?.compared ?? 0;
  const left = reperformed?.leftOut.length ?? 0;
  const same = `; ${compared === 1 ? "1 result" : `${compared} results`}, computed anew from its evidence, ${compared === 1 ? "is" : "are"} the same`;
  return `${authenticity(signature)}${compared === 0 ? "" : same}${left === 0 ? "" : `, ${left} could not be computed from it and are named above`}`;
}

function authenticity({ isSigned, fingerprint, signer }: PackVerdict["signature"]): string {
  if (!isSigned)
    return "every file is as listed, but it is not signed: a draft proves nothing against a rewrite";
  if (signer !== undefined) return `every file is as it was signed by ${signer} (${fingerprint})`;
  return `every file is as it was signed by ${fingerprint}, and nobody told me whether that is the right key: --key or --allowed-signers says so`;
}

function asJson({ manifest, files, signature, findings, reperformed }: PackVerdict) {
  const { isSigned, fingerprint = null, namespace = null, signer = null } = signature;
  return {
    verdict: verdictWord(findings.length, isSigned, signer),
    pack: manifest?.pack ?? null,
    of: manifest?.of ?? null,
    edition: manifest?.edition.number ?? null,
    files,
    signature: isSigned ? { fingerprint, namespace, signer } : null,
    ...computedAnew(reperformed),
    findings,
  };
}

const computedAnew = (reperformed: PackVerdict["reperformed"]) => ({
  results_compared: reperformed?.compared ?? null,
  results_left_out: reperformed?.leftOut ?? [],
  notes: reperformed?.notes ?? [],
});

/** What is found of files and of who signed them, in a word for programs. */
export function verdictWord(findings: number, isSigned: boolean, signer: string | null): string {
  if (findings > 0) return "altered";
  if (!isSigned) return "unsigned";
  return signer === null ? "signed by an unknown key" : "authentic";
}
