import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { escape } from "html-escaper";
import type { DocumentNode, PackDocument, Text } from "../../reports/layout/nodes.ts";
import { renderPdf } from "../../reports/layout/render.ts";
import { releasePackQueries } from "../../reports/release/build.ts";
import { releaseSections } from "../../reports/release/document.ts";
import { readReleaseData } from "../../reports/release/read.ts";
import { furniture, timesOf } from "../../reports/release/words.ts";
import { openWarehouse } from "../../src/warehouse/open.ts";
import { launchBrowser } from "../../test/support/browser.ts";

/** Prints the sections of release packs one way: `printed.ts ours|pdfmake|chromium <database> <packs> <folder of pdfmake>`. */
const [way = "ours", database = "", packs = "10", scratch = ""] = process.argv.slice(2);

interface Printer {
  print(document: PackDocument): Promise<Uint8Array>;
  end(): Promise<void>;
}

const documents = await documentsOf(database, Number(packs));
const printers = { ours, pdfmake, chromium };
const printer = await printers[way as keyof typeof printers]();
const began = performance.now();
let [pages, bytes] = [0, 0];
for (const document of documents) {
  const pdf = await printer.print(document);
  bytes += pdf.length;
  pages += Buffer.from(pdf).toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}
const seconds = (performance.now() - began) / 1000;
const others_gb = memoryOfChildren();
await printer.end();
console.log(JSON.stringify({ packs: documents.length, pages, bytes, printing_seconds: seconds, others_gb }));

async function documentsOf(path: string, most: number): Promise<PackDocument[]> {
  const warehouse = await openWarehouse(path, { mode: "read", threads: 1 });
  const queries = await releasePackQueries(warehouse);
  const releases = await warehouse.rows<{ service: string; version: string }>(
    "select service, version from reports.release_summary order by service, version limit $1",
    [most],
  );
  const made: PackDocument[] = [];
  for (const release of releases) {
    const data = await readReleaseData(warehouse, release, queries);
    const times = timesOf(data.provenance);
    const title = `Release pack: ${release.service} ${release.version}`;
    made.push({
      ...{ title, subject: title, author: "Bench", language: "en", asOf: new Date(data.provenance.as_of) },
      ...{ ...furniture(data.provenance, times, title), cover: [{ kind: "heading", level: 1, text: title }], attachments: [] },
      sections: releaseSections(data, times),
    });
  }
  warehouse.close();
  return made;
}

async function ours(): Promise<Printer> {
  return { print: async (document) => (await renderPdf(document)).bytes, end: () => Promise.resolve() };
}

function plain(text: Text | null): string {
  if (text === null) return "–";
  return [text].flat().map((part) => (typeof part === "string" ? part : part.text)).join("");
}

function nodesOf({ cover, sections }: PackDocument): DocumentNode[] {
  return [...cover, ...sections.flatMap(({ title, nodes }) => [{ kind: "heading", level: 2, text: title } as const, ...nodes])];
}

async function pdfmake(): Promise<Printer> {
  const maker = createRequire(join(scratch, "package.json"))("pdfmake") as {
    setFonts(fonts: object): void;
    createPdf(definition: object): { getBuffer(): Promise<Uint8Array> };
  };
  const fonts = dirname(createRequire(import.meta.url).resolve("@expo-google-fonts/source-sans-3/package.json"));
  const [normal, bold] = ["400Regular/SourceSans3_400Regular.ttf", "600SemiBold/SourceSans3_600SemiBold.ttf"].map((file) => join(fonts, file));
  maker.setFonts({ Sans: { normal, bold, italics: normal, bolditalics: bold } });
  const print = (document: PackDocument) =>
    maker.createPdf({ defaultStyle: { font: "Sans", fontSize: 9 }, content: nodesOf(document).map(forPdfmake) }).getBuffer();
  return { print, end: () => Promise.resolve() };
}

function forPdfmake(node: DocumentNode): object {
  if (node.kind === "heading") return { text: node.text, bold: true, fontSize: 18 - node.level * 2 };
  if (node.kind === "paragraph" || node.kind === "note") return { text: plain(node.text) };
  if (node.kind === "keyValues") return { table: { body: node.rows.map(([name, value]) => [name, plain(value)]) } };
  if (node.kind === "figure") return { svg: node.svg, width: node.width };
  if (node.kind !== "table") return { text: "" };
  const head = node.columns.map(({ title }) => ({ text: title, bold: true }));
  return { stack: [{ text: node.caption }, { table: { headerRows: 1, body: [head, ...node.rows.map((row) => row.map(plain))] } }] };
}

async function chromium(): Promise<Printer> {
  const browser = await launchBrowser();
  const page = await browser.newPage();
  const print = async (document: PackDocument) => {
    await page.setContent(`<!doctype html><title>${escape(document.title)}</title><style>body{font:9pt sans-serif}td,th{border-bottom:1px solid;text-align:left}</style>${nodesOf(document).map(inHtml).join("")}`);
    return page.pdf({ format: "A4", tagged: true, outline: true });
  };
  return { print, end: () => browser.close() };
}

function inHtml(node: DocumentNode): string {
  if (node.kind === "heading") return `<h${node.level}>${escape(node.text)}</h${node.level}>`;
  if (node.kind === "paragraph" || node.kind === "note") return `<p>${escape(plain(node.text))}</p>`;
  const row = (cells: readonly (Text | null)[], name = "td") => `<tr>${cells.map((cell) => `<${name}>${escape(plain(cell))}</${name}>`).join("")}</tr>`;
  if (node.kind === "keyValues") return `<table>${node.rows.map((cells) => row(cells)).join("")}</table>`;
  if (node.kind === "figure") return node.svg;
  if (node.kind !== "table") return "";
  return `<table><caption>${escape(node.caption)}</caption><thead>${row(node.columns.map(({ title }) => title), "th")}</thead>${node.rows.map((cells) => row(cells)).join("")}</table>`;
}

/** Memory of all processes that this one started, where the system tells. */
function memoryOfChildren(): number {
  if (process.platform !== "linux") return 0;
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(statusOf);
  const family = new Set([process.pid]);
  for (let before = 0; before !== family.size; ) {
    before = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  return all.filter(({ pid }) => pid !== process.pid && family.has(pid)).reduce((sum, { kilobytes }) => sum + kilobytes, 0) / 1024 ** 2;
}

function statusOf(name: string): { pid: number; parent: number; kilobytes: number } {
  const number = (text: string, line: RegExp) => Number(line.exec(text)?.[1] ?? 0);
  try {
    const status = readFileSync(`/proc/${name}/status`, "utf8");
    return { pid: Number(name), parent: number(status, /^PPid:\s+(\d+)/m), kilobytes: number(status, /^VmHWM:\s+(\d+)/m) };
  } catch {
    return { pid: Number(name), parent: 0, kilobytes: 0 };
  }
}
