import { note, table, type DocumentNode } from "../../layout/nodes.ts";
import { count } from "../../release/words.ts";
import type { Dossier } from "../data.ts";
import type { PartContext } from "./context.ts";

export function testPart({ tests }: Dossier, { times }: PartContext): DocumentNode[] {
  if (tests.length === 0) return [note("No test result of what was deployed is among those collected.")];
  return [
    table({
      caption: `Test results of the digest, commit or version deployed (${count(tests.length)})`,
      columns: [
        { title: "Suite" },
        { title: "Cases", align: "right" },
        { title: "Failed", align: "right" },
        { title: "Ended" },
        { title: "Tied by" },
        { title: "Outcome" },
      ],
      rows: tests.map((row) => [
        row.suite,
        row.total === null ? null : count(row.total),
        row.failed === null ? null : count(row.failed),
        `${times.minute(row.finished_at) ?? "time not recorded"}${row.is_before ? "" : ", after the start"}`,
        row.how,
        { text: row.outcome ?? "not known", tone: row.outcome === "passed" ? "ink" : "worse" },
      ]),
    }),
  ];
}
