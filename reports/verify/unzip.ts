import { createWriteStream, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { openPromise, type Entry, type ZipFile } from "yauzl";
import { finding, reasonOf, type Finding } from "./finding.ts";
import { limits } from "./limits.ts";

/**
 * Unpacks a zip that anybody may have made into an empty folder. Nothing is written outside of it, no link is made, and no more is
 * unpacked than the entries say and a pack may hold.
 * @returns what is wrong with it; where that is anything, the folder is not to be used
 */
export async function unzip(path: string, folder: string): Promise<Finding[]> {
  try {
    const zip = await openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true });
    try {
      return await unpack(zip, folder);
    } finally {
      zip.close();
    }
  } catch (error) {
    return [finding(path, `cannot be unpacked: ${reasonOf(error)}`)];
  }
}

async function unpack(zip: ZipFile, folder: string): Promise<Finding[]> {
  const entries: Entry[] = [];
  if (zip.entryCount > limits.files)
    return [
      finding(".", `the zip holds ${zip.entryCount} entries: more than ${limits.files} are not unpacked`),
    ];
  for await (const entry of zip.eachEntry()) entries.push(entry);
  const findings = [...entries.flatMap(entryProblem), ...sizeProblem(entries), ...twice(entries)];
  if (findings.length > 0) return findings;
  for (const entry of entries) {
    if (!entry.fileName.endsWith("/")) await unpackEntry(zip, entry, folder);
  }
  return [];
}

const SYMBOLIC_LINK = 0o120000;
const KIND = 0o170000;

function entryProblem({
  fileName,
  externalFileAttributes,
  uncompressedSize,
  compressedSize,
  generalPurposeBitFlag,
}: Entry): Finding[] {
  const kind = (externalFileAttributes >>> 16) & KIND;
  const isOdd = fileName
    .split("/")
    .some((step, index, all) => step === ".." || step === "." || (step === "" && index < all.length - 1));
  if (isOdd || /[\\\0]|^[A-Za-z]:/.test(fileName))
    return [finding(fileName, "leads out of the zip: nothing was unpacked")];
  if (kind === SYMBOLIC_LINK)
    return [finding(fileName, "is a symbolic link: a pack holds none, nothing was unpacked")];
  if ((generalPurposeBitFlag & 1) === 1) return [finding(fileName, "is encrypted: nothing was unpacked")];
  const isBomb = uncompressedSize > limits.ratio * Math.max(compressedSize, 1 << 16);
  return isBomb
    ? [
        finding(
          fileName,
          `unpacks to ${uncompressedSize} bytes out of ${compressedSize}: nothing was unpacked`,
        ),
      ]
    : [];
}

function sizeProblem(entries: readonly Entry[]): Finding[] {
  const size = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  return size > limits.unpacked
    ? [finding(".", `the zip unpacks to ${size} bytes: more than ${limits.unpacked} are not unpacked`)]
    : [];
}

/** Two entries of one name: readers of zips differ in which of them they take. Capitals do not tell files apart everywhere. */
function twice(entries: readonly Entry[]): Finding[] {
  const seen = new Set<string>();
  return entries.flatMap(({ fileName }) => {
    const name = fileName.normalize("NFC").toLowerCase();
    if (seen.has(name)) return [finding(fileName, "stands in the zip twice: nothing was unpacked")];
    seen.add(name);
    return [];
  });
}

async function unpackEntry(zip: ZipFile, entry: Entry, folder: string): Promise<void> {
  const path = join(folder, entry.fileName);
  mkdirSync(dirname(path), { recursive: true });
  await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path, { flags: "wx" }));
}
