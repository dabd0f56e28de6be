import { parseArgs } from "node:util";
import { acmeWorld } from "./acme.ts";
import { DEMO_EMAIL, DEMO_TOKEN, startFakeJira } from "./index.ts";

const HELP = `Serves Acme Bank as Jira would, on this machine, until it is stopped.

  --port <number>   where to listen; 8931, where nothing is said
  --scale <number>  1 = two full years; less for a smaller bank with the same stories
  --data-center     as Jira Data Center instead of Cloud
`;

const FIELDS = `    fields:
      change_type: Change type
      risk: Change risk
      planned_start: Change start date
      planned_end: Change completion date
      rollback_plan: Backout plan
      test_plan: Test plan
      review_at: Post-implementation review
      severity: Severity
      classification: Incident category
      started_at: Started
      detected_at: Detected
      acknowledged_at: Acknowledged
      mitigated_at: Mitigated
      caused_by: Caused by
      cause: Root cause
`;

interface Wanted {
  readonly port: string;
  readonly scale: string;
  readonly "data-center": boolean;
}

async function serve({ port, scale, "data-center": isDataCenter }: Wanted): Promise<void> {
  process.stdout.write("Making two years of Acme Bank ...\n");
  const deployment = isDataCenter ? "data_center" : "cloud";
  const { url } = await startFakeJira({
    world: acmeWorld({ scale: Number(scale) }),
    port: Number(port),
    deployment,
  });
  process.stdout.write(instructions(url, isDataCenter ? "deployment: data_center" : `email: ${DEMO_EMAIL}`));
}

const instructions = (url: string, who: string) => `
A Jira of your own:    ${url}
A token that reads it: ${DEMO_TOKEN}

  export JIRA_TOKEN=${DEMO_TOKEN}

Add this to a quarterdeck.yaml such as examples/acme/quarterdeck.yaml, in place of \`service-desk\` and of the tickets in \`code\`:

sources:
  jira:
    collector: jira
    url: ${url}
    ${who}
    token: \${JIRA_TOKEN}
${FIELDS}
The records end on 30 June 2026: collect, then build with --as-of 2026-07-01T00:00:00+02:00.
Stop it with Ctrl+C.
`;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "8931" },
    scale: { type: "string", default: "1" },
    "data-center": { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help) process.stdout.write(HELP);
else await serve(values);
