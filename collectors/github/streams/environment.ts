import type { SnapshotSpec } from "./snapshot.ts";

/** Environments as they are now, with the rules that protect them. */
export const environment: SnapshotSpec = {
  name: "environment",
  page: "Environments",
  more: "MoreEnvironments",
  inner: {},
  first: 10,
  isShared: true,
};
