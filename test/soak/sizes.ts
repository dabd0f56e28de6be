import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openWarehouse } from "../../src/warehouse/open.ts";
import { Chance } from "../support/chance.ts";
import { runProcess } from "../support/process.ts";
import { expectSound } from "./same.ts";
import type { AtEnd, Scenario } from "./scenario.ts";

const CHILD = join(import.meta.dirname, "measured.ts");
const MB = 2 ** 20;

/** What somebody may drop into a folder, and what must become of it. */
interface Size {
  readonly kind: string;
  readonly source: string;
  readonly file: string;
  readonly write: (put: (text: string) => Promise<void>, chance: Chance) => Promise<void>;
  /** Rows that are rejected; the others are there. */
  readonly rejected: number;
  readonly taken: number;
  readonly mostMegabytes: number;
}

const deployment = (id: string, more: object = {}) =>
  JSON.stringify({
    id,
    service: "api",
    environment: "production",
    finished_at: "2026-03-01T10:00:00Z",
    status: "success",
    ...more,
  });

const event = (id: string, more: object = {}) =>
  JSON.stringify({
    context: {
      version: "0.5.0",
      id,
      source: "/ci",
      type: "dev.cdevents.service.deployed.0.3.0",
      timestamp: "2026-03-01T10:00:00Z",
    },
    subject: {
      id: "api",
      type: "service",
      content: { environment: { id: "production" }, artifactId: "pkg:generic/api@1" },
    },
    ...more,
  });

const long = (chance: Chance) => "é".repeat(5 * MB + chance.whole(0, 1000));
const files = (path: string) => `{ collector: files, files: [{ path: ${path}, entity: deployment }] }`;
const HEAD = "id,service,environment,finished_at,status\n";
const MILLION = 1_000_000;
const MANY = 1_000;

const SIZES: readonly Size[] = [
  {
    kind: "a record of 10 MB in NDJSON",
    source: files("in/a.ndjson"),
    file: "a.ndjson",
    write: (put, chance) =>
      put(`${deployment("a")}\n${deployment("b", { url: long(chance) })}\n${deployment("c")}\n`),
    rejected: 1,
    taken: 2,
    mostMegabytes: 700,
  },
  {
    kind: "a record of 10 MB in CSV",
    source: files("in/a.csv"),
    file: "a.csv",
    write: (put, chance) =>
      put(
        `${HEAD}a,api,production,2026-03-01T10:00:00Z,success\nb,${long(chance)},production,2026-03-01T10:00:00Z,success\n`,
      ),
    rejected: 1,
    taken: 1,
    mostMegabytes: 700,
  },
  {
    kind: "an event of 10 MB",
    source: "{ collector: events, paths: [in/*] }",
    file: "a.ndjson",
    write: (put, chance) =>
      put(`${event("a")}\n${event("b", { customData: { note: long(chance) } })}\n${event("c")}\n`),
    rejected: 1,
    taken: 2,
    mostMegabytes: 700,
  },
  {
    kind: "a million rejected rows",
    source: files("in/a.csv"),
    file: "a.csv",
    write: async (put, chance) => {
      await put(`${HEAD}good,api,production,2026-03-01T10:00:00Z,success\n`);
      for (let part = 0; part < MILLION / MANY; part += 1) {
        const wrong = chance.one(["soon", "2026-13-01T10:00:00Z", "10:00"]);
        await put(
          Array.from(
            { length: MANY },
            (_, index) => `d${part}-${index},api,production,${wrong},success\n`,
          ).join(""),
        );
      }
    },
    rejected: MILLION,
    taken: 1,
    mostMegabytes: 1_800,
  },
];

/** A report is read by people, whatever there was to report. */
const MOST_PRINTED = 10_000;
const MOST_CPU_SECONDS = 60;

/** What is much larger than anybody means it to be is taken in or refused with its place, and memory, time and report stay small. */
export const sizes: Scenario = {
  name: "sizes",
  // A million rows take seconds.
  seeds: { test: [], soak: 8 },
  kinds: SIZES.map(({ kind }) => kind),
  run: async (seed, atEnd) => {
    const size = SIZES[seed % SIZES.length]!;
    await hold(size, await written(size, new Chance(seed), atEnd));
    return new Set([size.kind]);
  },
};

async function written({ source, file, write }: Size, chance: Chance, atEnd: AtEnd): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-soak-"));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(
    join(folder, "quarterdeck.yaml"),
    `organisation: Made up\nservices: { api: {} }\nsources:\n  data: ${source}\n`,
  );
  mkdirSync(join(folder, "in"));
  const stream = createWriteStream(join(folder, "in", file));
  await write(async (text) => {
    if (!stream.write(text)) await once(stream, "drain");
  }, chance);
  stream.end();
  await once(stream, "close");
  return folder;
}

async function hold({ kind, rejected, taken, mostMegabytes }: Size, folder: string): Promise<void> {
  const { printed, isKilled } = await runProcess([CHILD, "collect"], { folder });
  const [, megabytes = "", seconds = ""] = /^used (\d+) MB (\d+) s$/m.exec(printed) ?? [];
  const wrong = [
    isKilled || megabytes === "" ? `it ended without a word: ${printed.slice(0, 2000)}` : "",
    printed.length > MOST_PRINTED ? `${printed.length} characters are printed` : "",
    Number(megabytes) > mostMegabytes ? `it takes ${megabytes} MB` : "",
    Number(seconds) > MOST_CPU_SECONDS ? `it takes ${seconds} CPU seconds` : "",
  ].filter((one) => one !== "");
  if (wrong.length > 0) throw new Error(`${kind}: ${wrong.join("; ")}`);
  const warehouse = await openWarehouse(join(folder, "quarterdeck.duckdb"), { mode: "write" });
  try {
    await expectSound(warehouse);
    const [found] = await warehouse.rows<{ rejected: bigint; placed: bigint; taken: bigint }>(COUNTS);
    const said = [found?.rejected, found?.placed, found?.taken].map(Number);
    if (said.join() !== [rejected, rejected, taken].join())
      throw new Error(
        `${kind}: rejected, with a place, taken: ${said.join(", ")}, expected ${rejected}, ${rejected}, ${taken}`,
      );
  } finally {
    warehouse.close();
  }
}

const COUNTS = `
select
  (select count(*) from raw.rejected_row) as rejected,
  (select count(*) from raw.rejected_row where file <> '' and line > 0 and length(reason) between 1 and 3000) as placed,
  (select count(*) from raw.current) as taken`;
