import { parse } from "csv-parse/sync";
import { printableLine } from "../../src/printable.ts";
import { LEFT_OUT_FILE, leftOutRows } from "../evidence/reperform/left-out.ts";
import { SEALED_FILE } from "../evidence/log.ts";
import { EVIDENCE_LOG, sha256, type PackFile, type PackSubject } from "./files.ts";

/** The files of a pack by path: what a step promises is looked up in them. */
export type PackContent = ReadonlyMap<string, Uint8Array>;

export const contentOf = (files: readonly PackFile[]): PackContent =>
  new Map(files.map(({ path, content }) => [path, content]));

export const code = (lines: readonly string[]): string => lines.map((line) => `    ${line}`).join("\n");

const textOf = (files: PackContent, path: string): string | undefined => {
  const content = files.get(path);
  return content === undefined ? undefined : Buffer.from(content).toString("utf8");
};

const DIGESTS = [
  ["config/quarterdeck.json", "configuration_sha256"],
  ["evidence/digests.txt", "records_sha256"],
  ["sql/digests.txt", "queries_sha256"],
] as const;

/** The digests on the cover, from files of the pack; nothing where the pack has none of these files. */
export function digested(files: PackContent, madeFrom: PackSubject["madeFrom"]): string[] {
  const there = DIGESTS.flatMap(([path, name]) => {
    const content = files.get(path);
    return content === undefined ? [] : [{ path, is: sha256(content), expected: madeFrom[name] }];
  });
  const same = there.filter(({ is, expected }) => is === expected);
  if (same.length === 0) return [];
  const other = there.filter(({ is, expected }) => is !== expected).map(({ path }) => path);
  return [
    `## The digests on the cover follow from files of this pack

    sha256sum ${same.map(({ path }) => path).join(" ")}

Expected: these lines, whose hashes the cover prints as Configuration, Records and Queries.

${code(same.map(({ path, is }) => `${is}  ${path}`))}
${other.length === 0 ? "" : `\n${other.join(", ")} differs from what was hashed: something in it was taken out, which evidence/redactions.csv lists.\n`}
\`sql/digests.txt\` names every query in force with its hash, \`evidence/digests.txt\` every stream of records. ${QUERIES}${records(files)}`,
  ];
}

const QUERIES = `Those queries that this pack follows from lie in \`sql/\`
(controls.judged is put together from the controls in force and is hashed as the database runs it):

    grep -v '^controls.judged ' sql/digests.txt | while read -r query hash || [ -n "$query" ]; do
      [ ! -f "sql/$query.sql" ] || echo "$hash  sql/$query.sql"
    done | sha256sum -c --quiet

Expected: no output.`;

/** In the loop below a name may hold nothing that a shell or a pattern reads. */
const PLAIN = /^[\w./-]+$/;

interface Index {
  readonly is_whole: boolean;
  readonly streams: readonly { readonly source: string; readonly stream: string; readonly file: string }[];
}

function readIndex(files: PackContent): Index | undefined {
  const text = textOf(files, "evidence/index.json");
  return text === undefined ? undefined : (JSON.parse(text) as Index);
}

/** Which results a pack with a part of all records can be computed from, by name; nothing where it has all of them. */
export function recomputed(files: PackContent): string[] {
  const results = textOf(files, "controls/results.csv");
  if (results === undefined || readIndex(files)?.is_whole !== false) return [];
  const total = parse(results, { columns: true }).length;
  const list = textOf(files, LEFT_OUT_FILE);
  return [
    `## Which results can be computed anew

\`evidence/\` has the records that the ${total} results of \`controls/results.csv\` follow from: those of their services, those that name no service, and of code what came since the deployment before.
\`quarterdeck verify <this folder>\` computes results anew from them. It takes the word of this pack for what only all records could show: how many records each source has (\`held\` in
\`evidence/index.json\`) and when it was read (\`evidence/collection.jsonl\`). ${list === undefined ? UNTRIED : leftOut(list, total)}`,
  ];
}

const UNTRIED = `Whether the records are enough for every result was not tried, since this is a draft that was written along with others; \`quarterdeck pack\` tries it.`;

function leftOut(list: string, total: number): string {
  const rows = leftOutRows(list);
  if (rows.length === 0) return `That was tried when the pack was made: all ${total} come out as they stand there.`;
  return `That was tried when the pack was made: ${total - rows.length} come out as they stand there. These, which \`${LEFT_OUT_FILE}\` lists, do not, since they follow from records of the whole population; a period pack of the
same records computes them (\`--evidence <its folder>\`):

${code(rows.map(({ control, unit_kind: kind, unit }) => printableLine(`${control} ${kind} ${unit}`)))}`;
}

/** Only a pack that holds all records can show that their digest is right. */
function records(files: PackContent): string {
  const index = readIndex(files);
  if (index?.is_whole !== true)
    return "\n\nThis pack holds only the records that its own results and tables follow from; a period pack of the same as-of holds all, from which these digests follow.";
  if (
    index.streams.some(
      ({ source, stream, file }) => ![source, stream, file].every((name) => PLAIN.test(name)),
    )
  )
    return "";
  return `

The digest of a stream is made of the hashes of its records: sorted, joined in groups by their first two digits, and the groups' hashes joined. It may take a minute:

    grep -o '"\\(source\\|stream\\|file\\)": "[^"]*"' evidence/index.json | cut -d'"' -f4 | paste -d' ' - - - | while read -r source stream file; do
      hashes=$(sed 's/"sha256":"\\([0-9a-f]*\\)".*/ \\1/; s/.* //' "$file" | LC_ALL=C sort | awk 'BEGIN { ORS = "" } function put() { if (text != "") { print text | "sha256sum"; close("sha256sum") } text = "" }
        { group = substr($0, 1, 2); if (group != last) put(); last = group; text = text $0 } END { put() }' | cut -c-64 | tr -d '\\n')
      echo "$source $stream $(printf '%s' "$hashes" | sha256sum | cut -c-64)"
    done | LC_ALL=C sort | diff - <(cat evidence/digests.txt; echo)

Expected: no output.`;
}

/** From the log of batches to the records that they sealed; nothing where the pack has a part of them only. */
export function sealed(files: PackContent): string[] {
  if (readIndex(files)?.is_whole !== true || !files.has(SEALED_FILE) || !files.has(EVIDENCE_LOG)) return [];
  return [
    `## The batches of the log are made of these records

\`${SEALED_FILE}\` says which batch sealed which version of a record, in which order; its \`sha256\` is the hash of the record, as its line in \`evidence/\` has it. The hash of a batch
is over its lines: hash, version, run, instant of fetching, instant of the last change and whether it was deleted, with the character 31 between them and 30 between lines.

    sed 's/^{"sha256":"\\([0-9a-f]*\\)".*"batch":\\([0-9]*\\),"run":\\([0-9]*\\),"fetched_at_us":\\([0-9]*\\),.*/\\1 \\2 \\3 \\4/' ${EVIDENCE_LOG} | while read -r hash batch run at; do
      is=$(awk -F, -v batch="$batch" -v run="$run" -v at="$at" '$1 == batch { printf "%s%s\\037%s\\037%s\\037%s\\037%s\\037%s", (n++ ? "\\036" : ""), $6, $3, run, at, $5, $4 }' ${SEALED_FILE} | sha256sum | cut -c-64)
      [ "$is" = "$hash" ] || echo "batch $batch is $is"
    done

Expected: no output.`,
  ];
}

interface RecordPlace {
  readonly source: string;
  readonly stream: string;
  readonly file: string;
  readonly line: number;
  /** Its unit, where the pack's tables name one. */
  readonly unit?: string;
}

interface Line {
  readonly key: string;
  readonly sha256: string;
  readonly payload: string;
}

/** From an id in a table to what the source said: shown on one record of this pack. */
export function followed(files: PackContent): string[] {
  const found = exampleOf(files);
  if (found === undefined) return [];
  const { place, line } = found;
  const about =
    place.unit === undefined
      ? `The first record of \`${place.file}\`, for example:`
      : `\`tables/records.csv\` names file, line and hash of the record of every unit that fails. The record of \`${place.unit}\`, for example:`;
  return [
    `## From an id to its record

An id in a table or on paper is the name of its source, a colon, and what the source calls the record. \`evidence/index.json\` says which file holds the records of a source
and stream, a line each: \`key\`, the hash \`sha256\` with which it was stored, and \`payload\`, which is what the source said. ${about}

    sed -n '${place.line}p' ${place.file} | grep -o '"sha256":"[0-9a-f]*"' | head -n 1

Expected:

${code([`"sha256":"${line.sha256}"`])}

That hash is over source, stream, key and payload, with the character 31 between them:

    line=$(sed -n '${place.line}p' ${place.file}); payload=\${line#*,\\"payload\\":}; payload=\${payload%?}
    printf '%s\\037%s\\037%s\\037%s' '${place.source}' '${place.stream}' '${line.key}' "$payload" | sha256sum

Expected:

${code([`${line.sha256}  -`])}

To find any other id: \`grep -nF '<id without its source>' evidence/<source>/*.jsonl\`. With \`jq\`: \`jq 'select(.key == "...")' <file>\`. Where a line says
\`"reduced":true\`, fields were left out, which \`evidence/redactions.csv\` lists, and the hash is that of the whole.`,
  ];
}

/** A record whose hash can be shown: nothing left out, and with a name that can be typed. */
function exampleOf(files: PackContent): { place: RecordPlace; line: Line } | undefined {
  const index = readIndex(files);
  if (index === undefined) return undefined;
  const places: RecordPlace[] = [
    ...ofUnits(files, index),
    ...index.streams.map((stream) => ({ ...stream, line: 1 })),
  ];
  for (const place of places) {
    const line = readLine(files, place);
    const names = [place.source, place.stream, place.file, ...(place.unit === undefined ? [] : [place.unit])];
    if (line !== undefined && names.every((name) => TYPED.test(name)) && TYPED.test(line.key)) {
      const said = [place.source, place.stream, line.key, line.payload].join("\u001f");
      if (sha256(said) === line.sha256) return { place, line };
    }
  }
  return undefined;
}

/** Of keys and ids: they may hold quotes, brackets and commas, and nothing that ends a quoted text of the shell or begins one of Markdown. */
const TYPED = /^[\w./:@#," [\]-]{1,120}$/;

const MOST_TRIED = 200;

function ofUnits(files: PackContent, { streams }: Index): RecordPlace[] {
  const text = textOf(files, "tables/records.csv");
  if (text === undefined) return [];
  const rows: Record<string, string>[] = parse(text, { columns: true, to: MOST_TRIED });
  return rows.flatMap(({ unit, file, line }) => {
    const stream = streams.find((one) => one.file === file);
    return unit === undefined || stream === undefined ? [] : [{ ...stream, unit, line: Number(line) }];
  });
}

const LINE = /^\{"key":("(?:[^"\\]|\\.)*"),"updated_at":[^,]*,"sha256":"([0-9a-f]{64})","payload":(.*)\}$/s;

function readLine(files: PackContent, { file, line }: RecordPlace): Line | undefined {
  const [, key, hash, payload] = LINE.exec(lineAt(files.get(file), line)) ?? [];
  if (key === undefined || hash === undefined || payload === undefined) return undefined;
  return { key: JSON.parse(key) as string, sha256: hash, payload };
}

/** One line of a file that may be too large to be one text. */
function lineAt(content: Uint8Array | undefined, number: number): string {
  if (content === undefined) return "";
  let from = 0;
  for (let line = 1; line < number; line += 1) {
    const end = content.indexOf(10, from);
    if (end < 0) return "";
    from = end + 1;
  }
  const end = content.indexOf(10, from);
  return Buffer.from(content.subarray(from, end < 0 ? content.length : end)).toString("utf8");
}
