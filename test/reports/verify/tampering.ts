import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathsIn } from "../../../reports/folder/sums.ts";
import { writeReleasePack } from "../../../reports/release/build.ts";
import { allowedKeys } from "../../../reports/verify/allowed-keys.ts";
import { verifyPack, type PackVerdict } from "../../../reports/verify/verify-pack.ts";
import type { Chance } from "../../support/chance.ts";
import { releaseData } from "../fixture.ts";
import { signerOf } from "../signed.ts";

/** A signed pack of a made-up release, with a log of what was collected. */
export interface SignedPack {
  readonly directory: string;
  readonly files: readonly string[];
  readonly verify: () => Promise<PackVerdict>;
  readonly remove: () => void;
}

export async function signedPack(): Promise<SignedPack> {
  const folder = mkdtempSync(join(tmpdir(), "tampering-"));
  const signer = signerOf();
  const { directory } = await writeReleasePack(releaseData, folder, { signer, isZipped: true });
  const allowed = allowedKeys({ keys: [signer.fingerprint] }, folder);
  return {
    directory,
    files: pathsIn(directory),
    verify: () => verifyPack(directory, allowed),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

export interface Flip {
  readonly file: string;
  readonly bit: number;
}

/** A bit anywhere in the pack: each is as likely as any other, except that every second is in a file that is as likely as any other. */
export function randomFlip({ directory, files }: SignedPack, chance: Chance): Flip {
  const sizes = files.map((file) => statSync(join(directory, file)).size);
  const anyFile = chance.whole(0, files.length - 1);
  let byte = chance.whole(0, sizes.reduce((sum, size) => sum + size, 0) - 1);
  const index = chance.percent(50) ? anyFile : sizes.findIndex((size) => (byte -= size) < 0);
  return { file: files[index]!, bit: chance.whole(0, sizes[index]! * 8 - 1) };
}

/** What is found when one bit is another. */
export async function verdictOnFlip(
  { directory, verify }: SignedPack,
  { file, bit }: Flip,
): Promise<PackVerdict> {
  const path = join(directory, file);
  const before = readFileSync(path);
  const flipped = Buffer.from(before);
  flipped[bit >> 3]! ^= 1 << (bit & 7);
  writeFileSync(path, flipped);
  try {
    return await verify();
  } finally {
    writeFileSync(path, before);
  }
}
