import { parseArgs } from "node:util";
import { stringify } from "yaml";
import { repositories } from "../../../examples/acme/generator/services.ts";
import { ACME_OPTIONS, acmeWorld, itemNameOf } from "./acme.ts";
import { DEMO_TOKEN, type FakeServiceNow, startFakeServiceNow } from "./index.ts";

const HELP = `Serves Acme Bank's change requests and incidents as ServiceNow would, on this machine, until it is stopped.

  --port <number>    where to listen; 8932, where nothing is said
  --scale <number>   1 = two full years; less for a smaller bank with the same stories
  --until <instant>  how far the bank has come, such as 2026-01-31T00:00:00Z
`;

const services = () =>
  Object.fromEntries(
    repositories
      .flatMap((repository) => repository.services)
      .map(({ name }) => [name, { servicenow: itemNameOf(name) }]),
  );

const instructions = ({ url }: FakeServiceNow) => `
A ServiceNow of your own: ${url}
A token that reads it:   ${DEMO_TOKEN}

  export SERVICENOW_TOKEN=${DEMO_TOKEN}

Add this to a quarterdeck.yaml such as examples/acme/quarterdeck.yaml:

${stringify({ sources: { servicenow: { collector: "servicenow", url, token: "${SERVICENOW_TOKEN}", ...ACME_OPTIONS } } })}
and to its services:

${stringify({ services: services() })}
The records end on 30 June 2026: collect, then build with --as-of 2026-07-01T00:00:00+02:00.
Stop it with Ctrl+C.
`;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "8932" },
    scale: { type: "string", default: "1" },
    until: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) process.stdout.write(HELP);
else {
  process.stdout.write("Making two years of Acme Bank ...\n");
  const { until } = values;
  const world = acmeWorld({ scale: Number(values.scale), ...(until === undefined ? {} : { until }) });
  process.stdout.write(instructions(await startFakeServiceNow({ world, port: Number(values.port) })));
}
