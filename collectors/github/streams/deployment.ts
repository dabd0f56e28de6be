import { isList, type Node, present } from "../client/lists.ts";
import type { WalkSpec } from "./walk.ts";

const FINAL = new Set(["SUCCESS", "FAILURE", "ERROR", "INACTIVE"]);

/** By creation, since GitHub orders deployments by nothing else: what ends late is asked for by id. */
export const deployment: WalkSpec = {
  name: "deployment",
  page: "Deployments",
  heads: "DeploymentHeads",
  ids: "DeploymentIds",
  byId: "DeploymentsById",
  inner: { statuses: "DeploymentStatuses" },
  orderedBy: "createdAt",
  lag: ({ deployment_window }) => deployment_window,
  // 1 + 100 requests are 1 point.
  sizes: () => ({ page: 100, head: 10 }),
  isFinal: ({ statuses }: Node) =>
    isList(statuses) && present(statuses).some(({ state }) => FINAL.has(String(state))),
};
