import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathsIn } from "../../../../reports/folder/sums.ts";
import type { Finding } from "../../../../reports/verify/finding.ts";
import { allowedKeys } from "../../../../reports/verify/allowed-keys.ts";
import { restoreArchive } from "../../../../src/archive/restore.ts";
import { verifyArchive } from "../../../../src/archive/verify.ts";
import { KnownError } from "../../../../src/errors.ts";
import { lineOf } from "../../../../src/signing/public-key.ts";
import { CONFIG, DEPLOYMENTS, INCIDENTS, World } from "../../../cli/commands/world.ts";
import { signedPack } from "../../../reports/verify/tampering.ts";
import { privateKeyFile, TEST_KEY, testPublicKey } from "../../../signing/key.ts";
import type { Input, Reader } from "../reader.ts";

const SUMS = "SHA256SUMS";
const filesOf = (folder: string) =>
  pathsIn(folder).map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));

/** Who alters a file can alter its sum, too: what is read behind it is read then. */
function alter(folder: string, { name, bytes }: Input): () => void {
  const kept = [name, SUMS].map((file) => [file, readFileSync(join(folder, file))] as const);
  writeFileSync(join(folder, name), bytes);
  if (name !== SUMS) {
    const sum = createHash("sha256").update(bytes).digest("hex");
    const sums = readFileSync(join(folder, SUMS), "utf8").split("\n");
    const line = (one: string) => (one.endsWith(`  ${name}`) ? `${sum}  ${name}` : one);
    writeFileSync(join(folder, SUMS), sums.map(line).join("\n"));
  }
  return () => {
    for (const [file, before] of kept) writeFileSync(join(folder, file), before);
  };
}

/** What is found has a file and a reason that fit a screen; what was altered is found. */
function expectFindings(findings: readonly Finding[], input: Input, original: Buffer | undefined): void {
  for (const { file, problem } of findings)
    if (file === "" || problem === "" || problem.length > 3000)
      throw new Error(`found without place or words: ${file}: ${problem.slice(0, 300)}`);
  if (findings.length === 0 && original?.equals(input.bytes) === false)
    throw new Error(`${input.name} was altered, and nothing is found`);
}

async function each(
  folder: string,
  inputs: readonly Input[],
  verify: () => Promise<readonly Finding[]>,
): Promise<void> {
  for (const input of inputs) {
    const original = readFileSync(join(folder, input.name));
    const undo = alter(folder, input);
    try {
      expectFindings(await verify(), input, original);
    } finally {
      undo();
    }
  }
}

const packs: Reader = {
  name: "packs",
  test: 10,
  together: 10,
  open: async (atEnd) => {
    const pack = await signedPack();
    atEnd(pack.remove);
    return {
      samples: filesOf(pack.directory),
      read: (inputs) => each(pack.directory, inputs, async () => (await pack.verify()).findings),
    };
  },
};

/** A signed archive of two months. */
async function archived(folder: string): Promise<string> {
  const world = new World(folder);
  world.write("quarterdeck.yaml", `${CONFIG.trimEnd()}\nsigning: { key: audit, identity: audit@example.com }\n`);
  world.write("data/deployments.csv", DEPLOYMENTS);
  world.write("data/incidents.csv", INCIDENTS);
  world.write("audit", privateKeyFile(TEST_KEY));
  world.write("audit.pub", `${lineOf(testPublicKey)}\n`);
  for (const args of [["collect"], ["archive", "--period", "2026-02"]]) {
    const { code, err } = await world.run(...args);
    if (code !== 0) throw new Error(`${args.join(" ")}: ${err}`);
  }
  return world.path("archives/2026-02");
}

const archives: Reader = {
  name: "archives",
  test: 2,
  isSlow: true,
  together: 10,
  open: async (atEnd) => {
    const root = mkdtempSync(join(tmpdir(), "quarterdeck-fuzz-archive-"));
    atEnd(() => rmSync(root, { recursive: true, force: true }));
    const folder = await archived(root);
    const allowed = allowedKeys({ keys: [join(root, "audit.pub")] }, root);
    const scratch = join(root, "scratch");
    return {
      samples: filesOf(folder),
      read: (inputs) =>
        each(folder, inputs, async () => {
          await restored(folder, scratch);
          return (await verifyArchive(folder, allowed)).findings;
        }),
    };
  },
};

/** Not what the command does, which verifies before: all of it is taken in, or it is refused in words and nothing is. */
async function restored(folder: string, scratch: string): Promise<void> {
  mkdirSync(scratch, { recursive: true });
  const database = join(scratch, "quarterdeck.duckdb");
  try {
    await restoreArchive(database, { folder, by: "somebody", at: new Date("2026-04-01T00:00:00Z") });
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

export const packReaders: readonly Reader[] = [packs, archives];
