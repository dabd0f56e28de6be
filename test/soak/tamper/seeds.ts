import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { randomFlip, signedPack, verdictOnFlip, type SignedPack } from "../../reports/verify/tampering.ts";
import { Chance } from "../../support/chance.ts";
import type { Scenario } from "../scenario.ts";

const FLIPS = 100;

/** A signed pack that somebody tampers with: whatever was touched must be named. */
export const tamper: Scenario = {
  name: "tamper",
  seeds: { test: [1, 2], soak: 20 },
  kinds: [
    "PDF",
    "table",
    "query",
    "sums",
    "signature",
    "statement",
    "manifest",
    "removed",
    "added",
    "swapped",
    "renamed",
  ],
  async run(seed, atEnd) {
    const chance = new Chance(seed);
    const pack = await signedPack();
    atEnd(pack.remove);
    await expectWhole(pack, "before");
    const happened = new Set<string>();
    for (let count = 0; count < FLIPS; count++) happened.add(await flip(pack, chance));
    for (const change of [remove, add, swap, rename]) happened.add(await change(pack, chance));
    await expectWhole(pack, "after");
    return happened;
  },
};

async function expectWhole({ verify }: SignedPack, when: string): Promise<void> {
  const { findings } = await verify();
  if (findings.length > 0) throw new Error(`${when}: ${JSON.stringify(findings)}`);
}

async function flip(pack: SignedPack, chance: Chance): Promise<string> {
  const flipped = randomFlip(pack, chance);
  const { findings } = await verdictOnFlip(pack, flipped);
  const named = new Set(findings.map(({ file }) => file));
  // What altered sums say of other files is not to be believed, and is said to be so.
  const isExact = flipped.file === "SHA256SUMS" ? findings[0]?.file === "SHA256SUMS" : named.size === 1;
  if (!named.has(flipped.file) || !isExact) {
    throw new Error(`bit ${flipped.bit} of ${flipped.file}: found ${JSON.stringify(findings)}`);
  }
  return kindOf(flipped.file);
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^pack\.pdf$/, "PDF"],
  [/^tables\//, "table"],
  [/^sql\//, "query"],
  [/^SHA256SUMS$/, "sums"],
  [/^SHA256SUMS\.sig$/, "signature"],
  [/^attestation\.dsse\.json$/, "statement"],
  [/^manifest\.json$/, "manifest"],
];

const kindOf = (file: string) => KINDS.find(([pattern]) => pattern.test(file))?.[1] ?? file;

/** Two files of the pack that are not the same. */
function twoOf({ directory, files }: SignedPack, chance: Chance): [string, string] {
  const bytes = (file: string) => readFileSync(join(directory, file));
  const first = chance.of(files) ?? "";
  const others = files.filter((file) => !bytes(file).equals(bytes(first)));
  return [first, chance.of(others) ?? ""];
}

/** Does something to the pack, looks, and puts back what was there. */
async function after(
  pack: SignedPack,
  change: () => void,
  touched: readonly string[],
  kind: string,
): Promise<string> {
  const kept = `${pack.directory}-kept`;
  cpSync(pack.directory, kept, { recursive: true });
  change();
  const { findings } = await pack.verify();
  rmSync(pack.directory, { recursive: true });
  renameSync(kept, pack.directory);
  const named = new Set(findings.map(({ file }) => file));
  const missed = touched.filter((file) => !named.has(file));
  if (missed.length > 0) throw new Error(`${kind} ${touched.join(", ")}: found ${JSON.stringify(findings)}`);
  return kind;
}

function remove(pack: SignedPack, chance: Chance): Promise<string> {
  const file = chance.of(pack.files) ?? "";
  return after(pack, () => rmSync(join(pack.directory, file)), [file], "removed");
}

function add(pack: SignedPack, chance: Chance): Promise<string> {
  const file =
    chance.of(["tables/more.csv", "pack2.pdf", ".hidden", "SHA256SUMS.old", "evidence-log.jsonl"]) ?? "";
  return after(pack, () => writeFileSync(join(pack.directory, file), "more\n"), [file], "added");
}

function swap(pack: SignedPack, chance: Chance): Promise<string> {
  const [one, other] = twoOf(pack, chance);
  const exchange = () => {
    renameSync(join(pack.directory, one), join(pack.directory, "between"));
    renameSync(join(pack.directory, other), join(pack.directory, one));
    renameSync(join(pack.directory, "between"), join(pack.directory, other));
  };
  return after(pack, exchange, [one, other], "swapped");
}

function rename(pack: SignedPack, chance: Chance): Promise<string> {
  const file = chance.of(pack.files) ?? "";
  const change = () => renameSync(join(pack.directory, file), join(pack.directory, "another-name.csv"));
  return after(pack, change, [file, "another-name.csv"], "renamed");
}
