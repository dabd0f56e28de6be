import type { Vendor } from "../vendor.ts";
import { acmeWorld } from "./acme.ts";
import { DEMO_TOKEN, startFakeGitLab } from "./index.ts";

export const gitlab: Vendor = {
  name: "gitlab",
  title: "GitLab",
  port: 8934,
  isGrowing: false,
  env: { GITLAB_TOKEN: DEMO_TOKEN },
  start: ({ port, scale }) => startFakeGitLab({ world: acmeWorld({ scale }), port }),
  source: (url) => ({ collector: "gitlab", url, groups: ["acme"], token: "${GITLAB_TOKEN}" }),
};
