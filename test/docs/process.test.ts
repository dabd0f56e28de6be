import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { environments } from "../../collectors/files/catalogue/environments.ts";
import { rules } from "../../collectors/files/catalogue/rules.ts";
import { steps } from "../../collectors/files/catalogue/steps.ts";
import { packageRoot } from "../../src/package-root.ts";
import { collection, configuredFolder } from "../support/collection.ts";

const page = readFileSync(join(packageRoot, "docs/process.md"), "utf8");
const blocks = [...page.matchAll(/```(?:csv|yaml)\n([^]*?)```/g)].map(([, block = ""]) => block);

test("the example reads as the page says", async () => {
  const [rehearsals = "", retention = "", sources = ""] = blocks;
  const yaml = `organisation: Test\ntime_zone: Europe/Berlin\nservices: { payments: {} }\nenvironments: { staging: { kind: staging } }\n${sources}`;
  const finished = (act: () => void) => {
    onTestFinished(act);
  };
  const files = { "process/rehearsals.csv": rehearsals, "process/retention.yaml": retention };
  const company = await collection(configuredFolder(yaml, files, finished), finished);
  const { streams } = await company.collect();
  expect(streams.map(({ stream, stored, rejected }) => [stream, stored, rejected])).toEqual([
    ["rollback_rehearsal", 2, 0],
    ["retention_policy", 1, 0],
  ]);
  await company.model("2026-04-01T00:00:00Z");
  // Clocks were put forward between the two.
  expect(await company.rows("model.rollback_rehearsal order by finished_at")).toMatchObject([
    { native_id: "RB-8", finished_at: "2026-02-28T09:12:00Z", outcome: "passed" },
    { native_id: "RB-9", finished_at: "2026-03-30T08:31:00Z", outcome: "failed" },
  ]);
  expect(await company.rows("reports.site_stream where stream = 'rollback_rehearsal'")).toMatchObject([
    { records: 2, newest_at: "2026-03-30T08:31:00Z" },
  ]);
  // Nobody rehearses every day: the source is not said to be late.
  expect(await company.rows("reports.site_source")).toEqual([
    { source: "process", collector: "files", is_collected: true, records: 3, rejected: 0 },
  ]);
  expect(await company.rows("expectations.process_record_is_tied")).toEqual([]);
}, 60_000);

test("every kind of proof is on the page", () => {
  const kinds = Object.keys({ ...rules, ...steps, ...environments });
  expect(kinds.filter((kind) => !page.includes(`[${kind}](entities.md#${kind})`))).toEqual([]);
});
