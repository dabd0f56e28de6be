import type { Vendor } from "../vendor.ts";
import { ACME_FIELDS, acmeWorld } from "./acme.ts";
import { DEMO_EMAIL, DEMO_TOKEN, startFakeJira } from "./index.ts";

type Deployment = "cloud" | "data_center";

const who = (deployment: Deployment) => (deployment === "cloud" ? { email: DEMO_EMAIL } : { deployment });

export const jiraAs = (deployment: Deployment): Vendor => ({
  name: "jira",
  title: deployment === "cloud" ? "Jira" : "Jira Data Center",
  port: 8931,
  isGrowing: false,
  env: { JIRA_TOKEN: DEMO_TOKEN },
  start: ({ port, scale }) => startFakeJira({ world: acmeWorld({ scale }), port, deployment }),
  source: (url) => ({
    collector: "jira",
    url,
    ...who(deployment),
    token: "${JIRA_TOKEN}",
    fields: ACME_FIELDS,
  }),
});

export const jira = jiraAs("cloud");
