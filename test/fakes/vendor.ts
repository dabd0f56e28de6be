import { parseArgs } from "node:util";
import { stringify } from "yaml";
import { repositories } from "../../examples/acme/generator/services.ts";

export interface Serving {
  readonly port: number;
  readonly scale: number;
  readonly until?: string | undefined;
  /** What another of them calls what caused an incident; the bank's own names, where nothing is said. */
  readonly namesOf?: NamesOf;
}

export type NamesOf = (cause: string) => readonly string[];

/** One system of Acme Bank on this machine, and what quarterdeck.yaml says of it. */
export interface Vendor {
  /** Name of the source and of its collector. */
  readonly name: string;
  readonly title: string;
  readonly port: number;
  /** Whether it can be had as it was before the end of the two years. */
  readonly isGrowing: boolean;
  /** What is to be exported so that its token is found. */
  readonly env: Readonly<Record<string, string>>;
  start(serving: Serving): Promise<Served>;
  source(url: string): object;
  /** What a service has to say of it. */
  service?(name: string): object;
}

export interface Served {
  readonly url: string;
  /** What it calls the deployments of a run of the bank's pipeline. */
  readonly namesOf?: NamesOf;
  close(): Promise<void>;
}

export const SCALE_HELP =
  "  --scale <number>   1 = two full years; less for a smaller bank with the same stories\n";

type Flags = Readonly<Record<string, string>>;

/** The command that serves one of them; flags are options of its own, each with what it says. */
export async function serveOne(vendor: Vendor, flags: Flags = {}): Promise<void> {
  const { values } = parseArgs({ options: optionsOf(vendor, flags) });
  if (values.help) return void process.stdout.write(helpOf(vendor, flags));
  process.stdout.write("Making two years of Acme Bank ...\n");
  const { port, scale, until } = values as { port: string; scale: string; until?: string };
  const { url } = await vendor.start({ port: Number(port), scale: Number(scale), until });
  process.stdout.write(instructions([{ vendor, url }], { [vendor.name]: vendor.source(url) }));
}

const optionsOf = ({ port, isGrowing }: Vendor, flags: Flags) => ({
  port: { type: "string", default: String(port) } as const,
  scale: { type: "string", default: "1" } as const,
  help: { type: "boolean", default: false } as const,
  ...(isGrowing && { until: { type: "string" } as const }),
  ...Object.fromEntries(Object.keys(flags).map((flag) => [flag, { type: "boolean" } as const])),
});

const helpOf = ({ title, port, isGrowing }: Vendor, flags: Flags) =>
  [
    `Serves Acme Bank as ${title} would, on this machine, until it is stopped.\n\n`,
    `  --port <number>    where to listen; ${port}, where nothing is said\n`,
    SCALE_HELP,
    isGrowing ? "  --until <instant>  how far the bank has come, such as 2026-01-31T00:00:00Z\n" : "",
    ...Object.entries(flags).map(([flag, help]) => `  --${flag.padEnd(16)} ${help}\n`),
  ].join("");

export interface Running {
  readonly vendor: Vendor;
  readonly url: string;
}

/** What to type, and what to write into quarterdeck.yaml. */
export function instructions(running: readonly Running[], sources: object): string {
  const services = servicesOf(running.map(({ vendor }) => vendor));
  const more =
    Object.keys(services).length === 0 ? "" : `\nand to its services:\n\n${stringify({ services })}`;
  return `
${addressesOf(running)}
Add this to a quarterdeck.yaml such as examples/acme/quarterdeck.yaml, in place of what says the same there:

${stringify({ sources })}${more}${ENDING}`;
}

/** Where they are, and the tokens that read them. */
export const addressesOf = (running: readonly Running[]): string =>
  [
    ...running.map(({ vendor, url }) => `A ${vendor.title} of your own: ${url}\n`),
    "\n",
    ...running.flatMap(({ vendor }) => exportsOf(vendor)),
  ].join("");

const exportsOf = ({ env }: Vendor) =>
  Object.entries(env).map(([name, value]) => `  export ${name}=${value}\n`);

export const ENDING = `
The records end on 30 June 2026: collect, then build with --as-of 2026-07-01T00:00:00+02:00.
Stop it with Ctrl+C.
`;

/** What the services of the bank are called in each. */
export function servicesOf(vendors: readonly Vendor[]): Record<string, object> {
  const names = repositories.flatMap(({ services }) => services.map(({ name }) => name));
  const all = names.map((name) => [
    name,
    Object.assign({}, ...vendors.map((vendor) => vendor.service?.(name))) as object,
  ]);
  return Object.fromEntries(all.filter(([, keys]) => Object.keys(keys as object).length > 0)) as Record<
    string,
    object
  >;
}
