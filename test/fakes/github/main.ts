import { parseArgs } from "node:util";
import { acmeWorld } from "./acme/world.ts";
import { DEMO_TOKEN, type FakeGitHub, startFakeGitHub } from "./index.ts";

const HELP = `Serves Acme Bank as GitHub would, on this machine, until it is stopped.

  --port <number>    where to listen; 8930, where nothing is said
  --scale <number>   1 = two full years; less for a smaller bank with the same stories
  --until <instant>  how far the bank has come, such as 2026-01-31T00:00:00Z
`;

interface Wanted {
  readonly port: string;
  readonly scale: string;
  readonly until?: string | undefined;
}

async function serve({ port, scale, until }: Wanted): Promise<void> {
  process.stdout.write("Making two years of Acme Bank ...\n");
  const world = acmeWorld({
    scale: Number(scale),
    ...(until === undefined ? {} : { until }),
  });
  const github = await startFakeGitHub({ world, port: Number(port) });
  process.stdout.write(instructions(github));
}

const instructions = ({ url }: FakeGitHub) => `
A GitHub of your own:  ${url}  (GraphQL at ${url}/graphql)
A token that reads it: ${DEMO_TOKEN.token}

  export GITHUB_TOKEN=${DEMO_TOKEN.token}

Add this to a quarterdeck.yaml such as examples/acme/quarterdeck.yaml:

sources:
  github:
    collector: github
    url: ${url}
    organisations: [acme]
    token: \${GITHUB_TOKEN}

The records end on 30 June 2026: collect, then build with --as-of 2026-07-01T00:00:00+02:00.
Stop it with Ctrl+C.
`;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "8930" },
    scale: { type: "string", default: "1" },
    until: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) process.stdout.write(HELP);
else await serve(values);
