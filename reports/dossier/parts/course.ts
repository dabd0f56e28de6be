import { note, table, type DocumentNode } from "../../layout/nodes.ts";
import { count } from "../../release/words.ts";
import type { Dossier } from "../data.ts";
import type { PartContext } from "./context.ts";

export function coursePart({ steps }: Dossier, { times }: PartContext): DocumentNode[] {
  if (steps.length === 0) return [note("Nothing of it has a time.")];
  return [
    table({
      caption: `What happened, in the order of time (${count(steps.length)})`,
      columns: [{ title: "When" }, { title: "Step" }, { title: "What" }, { title: "Who" }],
      rows: steps.map((row) => [times.minute(row.happened_at), row.step, row.words, row.who]),
    }),
  ];
}
