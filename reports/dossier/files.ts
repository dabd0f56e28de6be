import { csvAttachment } from "../csv-attachment.ts";
import type { Attachment } from "../layout/nodes.ts";
import type { DossierTables } from "./data.ts";

const FILES: readonly (readonly [keyof DossierTables, string])[] = [
  ["deployments", "Deployments"],
  ["requests", "Change requests"],
  ["decisions", "Decisions"],
  ["changes", "Changes"],
  ["reviews", "Reviews"],
  ["tests", "Test results"],
  ["evidence", "Validation and other evidence"],
  ["controls", "What controls say"],
  ["incidents", "Incidents"],
  ["steps", "Course of events"],
];

/** The tables of all dossiers as CSV; one without rows is left out. */
export function dossierFiles(tables: DossierTables): Attachment[] {
  return FILES.filter(([name]) => tables[name].length > 0).map(([name, description]) =>
    csvAttachment({
      name: `dossier-${name}`,
      description: `${description} of the dossiers`,
      rows: tables[name],
    }),
  );
}
