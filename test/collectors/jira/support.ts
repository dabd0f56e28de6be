import type { JiraEffects } from "../../../collectors/jira/client/jira.ts";
import { jiraWith } from "../../../collectors/jira/index.ts";
import { ACME_FIELDS } from "../../fakes/jira/acme.ts";
import { DEMO_EMAIL, DEMO_TOKEN, type FakeJira, startFakeJira } from "../../fakes/jira/index.ts";
import { benchOf } from "../bench.ts";

/** What the fake's own fields hold. */
export const FIELDS = {
  ...ACME_FIELDS,
  service: "Affected service",
  board_decision: "Board decision",
  board_decided_at: "Board decided",
  resolved_at: "Resolved at",
};

const COMPANY = `services:
  payments: { title: Payments }
  ledger: { title: Ledger }
environments:
  production: { kind: production }
`;

/** Every answer that the fake does not spoil fits jira.js's own schema, or the run ends with a bug. */
const holdFor =
  ({ requests }: Pick<FakeJira, "requests">): JiraEffects["hold"] =>
  (schema, body, request) => {
    const { error } = schema.safeParse(body);
    const { fault } = requests.findLast(({ path }) => request.endsWith(path)) ?? {};
    if (error && fault !== "other-shape") throw new Error(`${request}: ${error.message}`);
  };

export const { serve, configured, bench } = benchOf({
  name: "jira",
  start: startFakeJira,
  collectorWith: (effects, jira: FakeJira) => jiraWith({ ...effects, hold: holdFor(jira)! }),
  env: { JIRA_TOKEN: DEMO_TOKEN },
  source: (url, options = {}) => ({
    collector: "jira",
    url,
    token: "${JIRA_TOKEN}",
    fields: FIELDS,
    ...("deployment" in options ? {} : { email: DEMO_EMAIL }),
    ...options,
  }),
  company: COMPANY,
});
