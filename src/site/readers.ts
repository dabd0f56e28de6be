import type { Warehouse } from "../warehouse/open.ts";
import type { Readers } from "./data.ts";
import { readDeployments, readIncidents } from "./read-deployments.ts";
import { readReleases } from "./read-releases.ts";
import { readRetrospectives } from "./read-retrospectives.ts";
import { readFacts } from "./read.ts";

export function readersOf(warehouse: Warehouse): Readers {
  return {
    facts: readFacts(warehouse),
    releaseFacts: readReleases(warehouse),
    deployments: readDeployments(warehouse),
    retrospectivesOf: readRetrospectives(warehouse),
    incidents: readIncidents(warehouse),
  };
}
