import { evidenceKit } from "../../reports/evidence/files.ts";
import { heading, table } from "../../reports/layout/nodes.ts";
import { renderPdf } from "../../reports/layout/render.ts";
import { buildReleasePack, releasePackQueries } from "../../reports/release/build.ts";
import { openWarehouse } from "../../src/warehouse/open.ts";

/** `made.ts rows <n>`: a PDF with a table of so many rows. `made.ts packs <folder> <from> <to>`: release packs with their evidence. */
const [what, first = "", from = "0", to = "0"] = process.argv.slice(2);
const began = performance.now();
const made = what === "rows" ? await tableOf(Number(first)) : await packsOf(first, Number(from), Number(to));
console.log(JSON.stringify({ ...made, making_seconds: (performance.now() - began) / 1000 }));

async function tableOf(rows: number) {
  const columns = ["Change", "Title", "Author", "Merged", "Lead time"].map((title) => ({ title }));
  const cells = Array.from({ length: rows }, (_, at) => [`#${at}`, `Change ${at} of something that takes a few words to say`, `dev${at % 500}`, "2026-01-01 10:00", `${at % 90} h`]);
  const nodes = [heading(2, "Changes"), table({ caption: "All changes", columns, rows: cells })];
  const { pages, bytes } = await renderPdf({
    ...{ title: "Bench", subject: "Bench", author: "Bench", language: "en", asOf: new Date(0), runningHead: "Bench", foot: "Bench" },
    ...{ cover: [heading(1, "Bench")], sections: [{ id: "changes", title: "Changes", nodes }], attachments: [] },
  });
  return { packs: 1, pages, bytes: bytes.length };
}

async function packsOf(folder: string, start: number, end: number) {
  const warehouse = await openWarehouse(`${folder}/bench.duckdb`, { mode: "read", threads: 1 });
  const queries = await releasePackQueries(warehouse);
  const kit = evidenceKit(warehouse, "");
  const releases = await warehouse.rows<{ service: string; version: string }>(
    "select service, version from reports.release_summary order by service, version limit $1 offset $2",
    [end - start, start],
  );
  for (const release of releases)
    await buildReleasePack(warehouse, release, `${folder}/packs`, { queries, evidence: () => kit, issuing: { isKeeping: true } });
  warehouse.close();
  return { packs: releases.length, pages: 0, bytes: 0 };
}
