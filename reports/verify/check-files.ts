import { lstatSync } from "node:fs";
import { join } from "node:path";
import { sha256, SIGNATURE, SUMS } from "../folder/files.ts";
import { fileSha256, pathsIn, sumsText, type Sum } from "../folder/sums.ts";
import { finding, reasonOf, type Finding } from "./finding.ts";
import { limits, readWithin } from "./limits.ts";

export interface FilesChecked {
  /** SHA-256 of every plain file that is there, by path. */
  readonly hashes: ReadonlyMap<string, string>;
  /** What SHA256SUMS lists, by path. */
  readonly sums: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
}

/** Whether the folder holds exactly what SHA256SUMS lists. */
export async function checkFiles(folder: string): Promise<FilesChecked> {
  const paths = pathsIn(folder);
  if (paths.length > limits.files) {
    const findings = [
      finding(".", `holds ${paths.length} files: more than ${limits.files} are not looked at`),
    ];
    return { hashes: new Map(), sums: new Map(), findings };
  }
  const { hashes, findings: unreadable } = await hashFiles(folder, paths);
  const { sums, findings: illegible } = readSums(folder, hashes);
  const listed = new Map(sums.map(({ path, sha256 }) => [path, sha256]));
  const compared = illegible.length > 0 && listed.size === 0 ? [] : compare(hashes, listed);
  const known = new Set(unreadable.map(({ file }) => file));
  return {
    hashes,
    sums: listed,
    findings: [...unreadable, ...illegible, ...compared.filter(({ file }) => !known.has(file))],
  };
}

async function hashFiles(folder: string, paths: readonly string[]) {
  const hashes = new Map<string, string>();
  const findings: Finding[] = [];
  for (const path of paths) {
    const problem = problemOf(join(folder, path));
    if (problem !== undefined) findings.push(finding(path, problem));
    else {
      try {
        hashes.set(path, await fileSha256(join(folder, path)));
      } catch (error) {
        findings.push(finding(path, `cannot be read: ${reasonOf(error)}`));
      }
    }
  }
  return { hashes, findings };
}

function problemOf(path: string): string | undefined {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return "is a symbolic link: a pack holds none, and it was not followed";
  if (!stat.isFile()) return "is no plain file: a pack holds nothing else, and it was not opened";
  return stat.size > limits.file ? `is larger than ${limits.file} bytes: not read` : undefined;
}

function readSums(folder: string, hashes: ReadonlyMap<string, string>): { sums: Sum[]; findings: Finding[] } {
  if (!hashes.has(SUMS)) return { sums: [], findings: missingSums(hashes) };
  try {
    return parseSums(readWithin(folder, SUMS, limits.text).toString("utf8"));
  } catch (error) {
    return { sums: [], findings: [finding(SUMS, reasonOf(error))] };
  }
}

const MOST_CANDIDATES = 1000;

function missingSums(hashes: ReadonlyMap<string, string>): Finding[] {
  const files = [...hashes]
    .filter(([path]) => path !== SIGNATURE)
    .map(([path, hash]) => ({ path, sha256: hash }));
  const renamed =
    files.length > MOST_CANDIDATES
      ? undefined
      : files.find(
          ({ path, sha256: hash }) => sha256(sumsText(files.filter((file) => file.path !== path))) === hash,
        );
  if (renamed === undefined) return [finding(SUMS, "is missing: without it nothing can be checked")];
  return [finding(SUMS, missingWords(renamed.path)), finding(renamed.path, addedWords(SUMS))];
}

const LINE = /^([0-9a-f]{64}) {2}(.+)$/;

function parseSums(text: string): { sums: Sum[]; findings: Finding[] } {
  const sums: Sum[] = [];
  const findings: Finding[] = [];
  const seen = new Set<string>();
  const lines = text.split("\n");
  if (lines.pop() !== "") findings.push(finding(SUMS, "was altered: its last line does not end"));
  for (const [index, line] of lines.entries()) {
    const [, hash, path] = LINE.exec(line) ?? [];
    const problem =
      hash === undefined || path === undefined
        ? "is not `<SHA-256>  <path>`"
        : (pathProblem(path) ?? (seen.has(path) ? `lists ${path} again` : undefined));
    if (problem !== undefined) findings.push(finding(SUMS, `line ${index + 1} ${problem}`));
    else if (hash !== undefined && path !== undefined) {
      seen.add(path);
      sums.push({ path, sha256: hash });
    }
  }
  return { sums, findings };
}

function pathProblem(path: string): string | undefined {
  const steps = path.split("/");
  const leads =
    path.includes("\\") || path.includes("\0") || steps.some((step) => ["", ".", ".."].includes(step));
  if (leads) return `names ${JSON.stringify(path.slice(0, 100))}, which is no path inside of the pack`;
  return path === SUMS || path === SIGNATURE
    ? `names ${path}, which cannot be among its own sums`
    : undefined;
}

const ITSELF = new Set([SUMS, SIGNATURE]);

function compare(hashes: ReadonlyMap<string, string>, sums: ReadonlyMap<string, string>): Finding[] {
  const added = [...hashes].filter(([path]) => !sums.has(path) && !ITSELF.has(path));
  const missing = [...sums].filter(([path]) => !hashes.has(path));
  const addedBy = new Map(added.map(([path, hash]) => [hash, path]));
  const missingBy = new Map(missing.map(([path, hash]) => [hash, path]));
  const ownerOf = new Map([...sums].map(([path, hash]) => [hash, path]));
  return [
    ...missing.map(([path, hash]) => finding(path, missingWords(addedBy.get(hash)))),
    ...added.map(([path, hash]) => finding(path, addedWords(missingBy.get(hash)))),
    ...[...sums].flatMap(([path, expected]) => {
      const hash = hashes.get(path);
      return hash === undefined || hash === expected
        ? []
        : [finding(path, alteredWords(hash, expected, ownerOf.get(hash)))];
    }),
  ];
}

const missingWords = (now: string | undefined) =>
  now === undefined ? `is missing: ${SUMS} lists it` : `is missing: it was renamed to ${now}`;

const addedWords = (before: string | undefined) =>
  before === undefined ? `was added: ${SUMS} does not list it` : `is ${before} under another name`;

const alteredWords = (hash: string, expected: string, owner: string | undefined) =>
  owner === undefined
    ? `was altered: its SHA-256 is ${hash}, ${SUMS} lists ${expected}`
    : `was exchanged: it holds what ${owner} should hold`;
