import { join } from "node:path";
import type { Chance } from "../../support/chance.ts";
import { Folder } from "../files/folder.ts";
import { BROKEN, HAPPENINGS, runFolders } from "../files/seeds.ts";
import type { Scenario } from "../scenario.ts";
import { ENDINGS, FOLDER, Report } from "./reports.ts";

const MODES = ["snapshot", "append"] as const;
const source = (mode: string) =>
  `{ collector: evidence, mode: ${mode}, files: [{ path: "${mode}/{service}/{sha}/*" }, { path: "${mode}/calendars/*" }] }`;

const CONFIG = `organisation: Made up
services: { payments: { repository: payments } }
sources:
  kept: ${source("snapshot")}
  dropped: ${source("append")}
`;

/** What pipelines drop and calendars hold, between collections. */
export const evidence: Scenario = {
  name: "evidence",
  seeds: { test: [1, 8, 9], soak: 300 },
  kinds: [...HAPPENINGS, BROKEN],
  run: (seed, atEnd) => runFolders(seed, atEnd, CONFIG, foldersOf),
};

function foldersOf(root: string, note: (kind: string) => void): Folder[] {
  return MODES.flatMap((mode) =>
    [FOLDER, "calendars"].map((folder) => {
      const create = (chance: Chance) => {
        const ending = folder === "calendars" ? "ics" : chance.one(ENDINGS);
        return { name: `report-${chance.whole(1, 6)}.${ending}`, content: new Report(ending, chance) };
      };
      const rename = (name: string, chance: Chance) => name.replace(/\d/, String(chance.whole(1, 9)));
      return new Folder(join(root, mode, folder), { isSnapshot: mode === "snapshot", create, rename }, note);
    }),
  );
}
