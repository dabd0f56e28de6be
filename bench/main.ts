import { asked, type Options } from "./options.ts";

interface Bench {
  readonly about: string;
  readonly run: (args: readonly string[], options: Options) => Promise<void>;
}

const size = (args: readonly string[]) => args[0] ?? "S";

/** `npm run bench -- <what> <size>`: what there is to measure. A size is S (Acme's demo), M or L (sizes.ts). */
const BENCHES: Readonly<Record<string, Bench>> = {
  generate: {
    about: "<size>: make up a company straight as records in sealed batches",
    run: async (args, options) => (await import("./generate.ts")).generate(size(args), options),
  },
  metrics: {
    about: "<size>: records to metrics",
    run: async (args, options) => (await import("./pipeline.ts")).pipeline("metrics", size(args), options, ["metrics"]),
  },
  correlation: {
    about: "<size>: records to links and risk patterns",
    run: async (args, options) => (await import("./pipeline.ts")).pipeline("correlation", size(args), options, ["correlation"]),
  },
  controls: {
    about: "<size>: records to results of controls",
    run: async (args, options) => (await import("./pipeline.ts")).pipeline("controls", size(args), options, ["controls"]),
  },
  judged: {
    about: "<size>: records to metrics, correlation and controls, in one transaction",
    run: async (args, options) => (await import("./pipeline.ts")).pipeline("judged", size(args), options, ["metrics", "correlation", "controls"]),
  },
  pipeline: {
    about: "<size>: records to every table, in one transaction",
    run: async (args, options) => (await import("./pipeline.ts")).pipeline("pipeline", size(args), options),
  },
  demo: {
    about: "what a user waits for: first collection, metrics, the demo",
    run: async (_, options) => (await import("./user.ts")).waits(options),
  },
  site: {
    about: "[services] [deployments]: sites of made-up companies, cold and again, with their heaviest pages; 2,24,127 = one after the other",
    run: async (args) =>
      (await import("./site.ts")).site((args[0] ?? "200").split(",").map(Number), args[1] === undefined ? undefined : Number(args[1])),
  },
  packs: {
    about: "[packs]: what a page of a pack costs, by size and side by side",
    run: async (args) => (await import("./packs.ts")).packs(args[0]),
  },
  peers: {
    about: "[services] [pages]: the same pages and packs made by others",
    run: async (args) => (await import("./peers.ts")).peers(Number(args[0] ?? 200), Number(args[1] ?? 250)),
  },
  guard: {
    about: "[--record]: whether a stage has become more than twice slower than is recorded, relative to work that never changes",
    run: async (_, options) => (await import("./guard.ts")).guard(options),
  },
  weight: {
    about: "[folder]: the heaviest page of each kind",
    run: async (args) => (await import("./weight.ts")).weight(args[0] ?? "public"),
  },
  lighthouse: {
    about: "[folder] [runs] [part of a kind]: Lighthouse over each kind of page, without a folder of Acme's",
    run: async (args) => (await import("./lighthouse/main.ts")).lighthouseOfSite(args[0], Number(args[1] ?? 5), args[2] ?? ""),
  },
  links: {
    about: "[deployments]: links alone",
    run: async (args) => (await import("./links/scale.ts")).linkScale(Number(args[0] ?? 500_000)),
  },
  patterns: {
    about: "[deployments]: risk patterns alone, of 30 attributes",
    run: async (args) => (await import("./patterns/scale.ts")).patternScale(Number(args[0] ?? 500_000)),
  },
  "link-worlds": {
    about: "[share]: made-up organisations of which is known what caused what (docs/incident-links.md)",
    run: async (args) => (await import("./links/worlds.ts")).linkWorlds(Number(args[0] ?? 1)),
  },
  worlds: {
    about: "[share]: made-up organisations of which is known what matters (docs/risk-patterns.md)",
    run: async (args) => (await import("./patterns/worlds.ts")).patternWorlds(Number(args[0] ?? 1)),
  },
};

const HELP = `npm run bench -- <what> [...] [--json file] [--database file] [--memory 3GB] [--threads 2] [--slowest 25]

${Object.entries(BENCHES)
  .map(([what, { about }]) => `  ${what.padEnd(12)} ${about}`)
  .join("\n")}
`;

const { what, args, options } = asked(process.argv.slice(2));
const bench = what === undefined ? undefined : BENCHES[what];
if (bench === undefined) {
  console.error(HELP);
  process.exitCode = 1;
} else {
  await bench.run(args, options);
  process.exit();
}
