import { setFlagsFromString } from "node:v8";
import { buildDossierPack } from "../../reports/dossier/build.ts";
import type { Issuing } from "../../reports/folder/edition.ts";
import { buildRetrospectivePack } from "../../reports/retrospective/build.ts";
import { buildTrainPack } from "../../reports/train/build.ts";
import { oneOf } from "../config/suggest.ts";
import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { outputFolder } from "./build.ts";
import { readArguments } from "./command.ts";
import { pack as command } from "./help/pack.ts";
import { issuingOf } from "./issuing.ts";
import { packSession, warnOfNames, withPseudonyms } from "./pseudonyms.ts";
import { packPeriod, type PeriodOptions } from "./pack/period.ts";
import { openSession, type Session } from "./session.ts";
import { packsFolder, sayWritten, writePacks, type Release } from "./write-packs.ts";

const KINDS = ["release", "train", "period", "dossier", "retrospective"] as const;

/** Writes packs. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values, positionals } = readArguments(command, args);
  const [word, subject, version] = positionals;
  const kind = KINDS.find((one) => one === word);
  if (kind === undefined)
    throw new UsageError(
      `pack: expected ${oneOf(KINDS.map((one) => `\`${one}\``))}, found ${JSON.stringify(word)}`,
    );
  if (kind !== "release" && kind !== "retrospective" && version !== undefined)
    throw new UsageError(`pack ${kind} does not take ${JSON.stringify(version)}`);
  // What a page is laid out from dies late: room for young objects would double twice, and take 100 MB for a tenth of the time.
  setFlagsFromString("--semi-space-growth-factor=1");
  const opened = await openSession(values, effects);
  let { warehouse } = opened;
  try {
    const output = outputFolder(opened, undefined, effects);
    const folder = outputFolder(opened, values.output ?? packsFolder(output, opened.loaded.config), effects);
    const made = await packSession(opened, values, [output, folder], effects);
    const { session, called } = made;
    ({ warehouse } = session);
    const issuing = withPseudonyms(await issuingOf(values, session.loaded, effects), made);
    const named = (text: string | undefined) => (text === undefined ? undefined : called(text));
    const written: string[] = [];
    const stdout = (text: string) => {
      written.push(text);
      effects.stdout(text);
    };
    await writers[kind]({
      ...{ session, folder, effects: { ...effects, stdout }, issuing, called },
      subject: named(subject),
      version: named(version),
      values: { ...values, services: named(values.services) },
    });
    if (written.length > 0 && made.pseudonyms === undefined) warnOfNames(session, [output, folder], effects);
    return 0;
  } finally {
    warehouse.close();
  }
}

interface Asked {
  readonly session: Session;
  readonly subject: string | undefined;
  readonly version: string | undefined;
  readonly values: PeriodOptions;
  readonly folder: string;
  readonly effects: Effects;
  readonly issuing: Issuing;
  /** What somebody asked for by name, as the session calls it. */
  readonly called: (text: string) => string;
}

const writers: Record<(typeof KINDS)[number], (asked: Asked) => Promise<void>> = {
  release: packReleases,
  period: ({ session, subject, values, folder, effects, issuing, called }) =>
    packPeriod(session, subject, values, folder, effects, issuing, called),
  dossier: async ({ session, subject, folder, effects, issuing }) => {
    if (subject === undefined)
      throw new UsageError("pack dossier needs the id of a deployment or change request");
    sayWritten(
      await buildDossierPack(session.warehouse, subject, folder, { localQueries: session.localQueries, issuing }),
      subject,
      effects,
    );
  },
  retrospective: async ({ session, subject: team, version: quarter, folder, effects, issuing }) => {
    if (team === undefined) throw new UsageError("pack retrospective needs the name of a team, and takes a quarter such as 2026-Q2");
    sayWritten(
      await buildRetrospectivePack(session.warehouse, { team, quarter }, folder, { localQueries: session.localQueries, issuing }),
      team,
      effects,
    );
  },
  train: async ({ session, subject, folder, effects, issuing }) => {
    if (subject === undefined) throw new UsageError("pack train needs the name of a release train");
    sayWritten(
      await buildTrainPack(session.warehouse, subject, folder, { localQueries: session.localQueries, issuing }),
      subject,
      effects,
    );
  },
};

async function packReleases({ session, subject, version, folder, effects, issuing }: Asked): Promise<void> {
  const releases = await chosenReleases(session, subject, version);
  // Nightly runs ask for all there are: having none yet is no failure.
  if (releases.length === 0) {
    effects.stderr("note: no release is known to have gone live: deployments need a version\n");
  }
  await writePacks(session, releases, folder, effects, issuing);
}

/** The named release; without a version the last of the service that went live; without a service of every one. */
async function chosenReleases(
  { warehouse }: Session,
  service: string | undefined,
  version: string | undefined,
): Promise<Release[]> {
  if (service !== undefined && version !== undefined) return [{ service, version }];
  const releases = await warehouse.rows<Release>(
    "select service, version from reports.latest_release where service = ? or ?::varchar is null order by service",
    [service ?? null, service ?? null],
  );
  if (service !== undefined && releases.length === 0) {
    throw new UsageError(
      `no release of ${JSON.stringify(service)} is known to have gone live; \`quarterdeck query model.release\` lists releases`,
    );
  }
  return releases;
}
