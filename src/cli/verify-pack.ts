import { allowedKeys, type KeysGiven } from "../../reports/verify/allowed-keys.ts";
import { verifyPack, type PackVerdict } from "../../reports/verify/verify-pack.ts";
import type { Effects } from "../effects.ts";
import { printableLine, unseenEscaped } from "../printable.ts";

export const verdictOn = (pack: string, given: KeysGiven, effects: Effects): Promise<PackVerdict> =>
  verifyPack(pack, allowedKeys(given, effects.cwd));

/** What is wrong, one line each, and then whether the pack can be believed. */
export function sayVerdict(verdict: PackVerdict, isJson: boolean, effects: Effects): void {
  if (isJson) return effects.stdout(`${unseenEscaped(JSON.stringify(asJson(verdict), null, 2))}\n`);
  for (const { file, problem } of verdict.findings)
    effects.stdout(`${printableLine(`${file}: ${problem}`)}\n`);
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

function conclusion({ findings, signature }: PackVerdict): string {
  if (findings.length > 0)
    return `${findings.length} ${findings.length === 1 ? "thing is not as it" : "things are not as they"} must be`;
  const { isSigned, fingerprint, signer } = signature;
  if (!isSigned)
    return "every file is as listed, but it is not signed: a draft proves nothing against a rewrite";
  if (signer !== undefined) return `every file is as it was signed by ${signer} (${fingerprint})`;
  return `every file is as it was signed by ${fingerprint}, and nobody told me whether that is the right key: --key or --allowed-signers says so`;
}

function asJson({ manifest, files, signature, findings }: PackVerdict) {
  const { isSigned, fingerprint = null, namespace = null, signer = null } = signature;
  return {
    verdict: verdictWord(findings.length, isSigned, signer),
    pack: manifest?.pack ?? null,
    of: manifest?.of ?? null,
    edition: manifest?.edition.number ?? null,
    files,
    signature: isSigned ? { fingerprint, namespace, signer } : null,
    findings,
  };
}

function verdictWord(findings: number, isSigned: boolean, signer: string | null): string {
  if (findings > 0) return "altered";
  if (!isSigned) return "unsigned";
  return signer === null ? "signed by an unknown key" : "authentic";
}
