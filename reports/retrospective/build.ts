import { join } from "node:path";
import { retrospectiveFolder } from "../../src/site/links.ts";
import type { Warehouse } from "../../src/warehouse/open.ts";
import { planPack, type Issuing } from "../folder/edition.ts";
import { madeFrom } from "../folder/made-from.ts";
import { makePack, type BuiltPack } from "../folder/make-pack.ts";
import { retrospectiveDocument } from "./document.ts";
import { readRetrospective } from "./read.ts";

/** Writes the retrospective of a team and quarter as `retrospective-<team>-<quarter>`; without a quarter the newest. */
export async function buildRetrospectivePack(
  warehouse: Warehouse,
  { team, quarter }: { readonly team: string; readonly quarter?: string | undefined },
  outputDirectory: string,
  { localQueries, issuing }: { readonly localQueries?: string; readonly issuing?: Issuing } = {},
): Promise<BuiltPack> {
  const data = await readRetrospective(warehouse, team, quarter, localQueries);
  const { about } = data.found;
  const plan = planPack(
    join(outputDirectory, retrospectiveFolder(about.team, about.quarter)),
    {
      kind: "retrospective",
      of: { team: about.team, quarter: about.quarter },
      period: { from: about.period_start, until: about.period_end },
      counts: { changes: about.changes, deployments: about.deployments, incidents: about.incidents },
      madeFrom: madeFrom(data.provenance),
    },
    issuing,
  );
  return makePack(plan, { document: (planned) => retrospectiveDocument(data, planned), data });
}
