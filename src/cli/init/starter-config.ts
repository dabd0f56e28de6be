import { relative } from "node:path";
import { stringify } from "yaml";
import type { Clone } from "./clone.ts";

interface Place {
  /** Folder that the configuration is written to. */
  readonly directory: string;
  /** JSON Schema for the editor, as seen from there. */
  readonly schema: string | undefined;
}

/** A commented quarterdeck.yaml that collects the clone, or shows how to name a source. */
export function starterConfig(clone: Clone | undefined, { directory, schema }: Place): string {
  return [
    ...(schema ? [`# yaml-language-server: $schema=${schema}`] : []),
    "# What Quarterdeck collects and how it counts. All keys: docs/configuration.md in the package.",
    "",
    `organisation: ${scalar(clone ? owner(clone) : "My organisation")}`,
    "# Days, weeks and quarters are cut in this time zone, e.g. Europe/Berlin.",
    "time_zone: UTC",
    "# First month of your business year; left out = january.",
    "# quarter_start: february",
    "",
    ...(clone ? ownedParts(clone) : examplePart),
    "",
    "environments:",
    "  production:",
    "    kind: production",
    "    # Other names that sources use for it.",
    "    names: [prod]",
    "",
    ...(clone ? gitSource(clone, directory) : exampleSource),
    "",
    ...closing(clone ? serviceName(clone) : "payments", clone?.tags !== undefined),
  ]
    .join("\n")
    .concat("\n");
}

const owner = ({ repository }: Clone) => repository.split("/")[0] ?? repository;

const serviceName = ({ repository }: Clone) => repository.split("/").at(-1) ?? repository;

const ownedParts = (clone: Clone) => [
  "# Who owns what. Give dates when a service changes hands: { service: x, from: 2026-01-01 }.",
  "# teams:",
  "#   my-team:",
  `#     owns: [${scalar(serviceName(clone))}]`,
  "",
  "services:",
  `  ${scalar(serviceName(clone))}:`,
  `    repository: ${scalar(clone.repository)}`,
  "    # 1 = most critical.",
  "    # tier: 1",
  "    # Its folders, in a repository of several services; the source then needs `paths: true`.",
  "    # paths: [services/x]",
];

const examplePart = [
  "# services:",
  "#   payments:",
  "#     repository: acme/payments",
  "# teams:",
  "#   checkout:",
  "#     owns: [payments]",
];

const gitSource = (clone: Clone, directory: string) => [
  "sources:",
  "  git:",
  "    collector: git",
  "    repositories:",
  `      - path: ${scalar(relative(directory, clone.path).replaceAll("\\", "/") || ".")}`,
  `        repository: ${scalar(clone.repository)}`,
  ...(clone.mainLine ? [`        main: ${scalar(clone.mainLine)}`] : []),
  ...releases(clone),
];

function releases(clone: Clone): string[] {
  const { tags } = clone;
  if (!tags) {
    return [
      "        # Which tags are releases, if tags are what you deploy by:",
      "        # releases:",
      '        #   - tags: "v{version}"',
      `        #     service: ${scalar(serviceName(clone))}`,
    ];
  }
  return [
    "        releases:",
    `          # ${tags.matching} of ${tags.total} tags look like this; pre-releases among them do not count.`,
    `          - tags: ${scalar(tags.pattern)}`,
    `            service: ${scalar(serviceName(clone))}`,
    "            environment: production",
    ...(tags.others.length > 0
      ? [`          # Also seen: ${tags.others.slice(0, MOST_SHOWN).join(", ")}`]
      : []),
  ];
}

const MOST_SHOWN = 10;

const exampleSource = [
  "# sources:",
  "#   git:",
  "#     collector: git",
  "#     repositories:",
  "#       - path: ../payments",
  "#         releases:",
  '#           - tags: "v{version}"',
  "#             service: payments",
];

/** Commented lines become part of `sources` when the `# ` before them goes. */
const closing = (service: string, hasTags: boolean) => [
  "# What git does not know comes in as files: CSV, JSON or Parquet, with the columns of docs/entities.md.",
  "#   files:",
  "#     collector: files",
  "#     files:",
  ...(hasTags ? ["#       # Takes the place of `releases` above: remove those first, or each deployment is counted twice."] : []),
  "#       # A first line such as id,service,environment,sha,finished_at,status",
  "#       - path: data/deployments.csv",
  "#         entity: deployment",
  "#         # The file is everything there is: a row that is taken out of it goes. `append`: what was read once stays.",
  "#         mode: snapshot",
  "#       # A first line such as id,service,title,started_at,mitigated_at,caused_by (a version, a commit, a deployment)",
  "#       - path: data/incidents.csv",
  "#         entity: incident",
  "#         mode: snapshot",
  "#     # A person's word that these are all incidents: without it a deployment that none names may still have failed. Write who says so.",
  "#     complete:",
  `#       - { entity: incident, services: [${scalar(service)}], asserted_by: your name }`,
];

const scalar = (text: string) => stringify(text, { lineWidth: 0 }).trimEnd();
