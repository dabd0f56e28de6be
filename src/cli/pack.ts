import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { outputFolder } from "./build.ts";
import { readArguments } from "./command.ts";
import { pack as command } from "./help/pack.ts";
import { issuingOf } from "./issuing.ts";
import { openSession, type Session } from "./session.ts";
import { packsFolder, writePacks, type Release } from "./write-packs.ts";

/** Writes packs of releases. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values, positionals } = readArguments(command, args);
  const [kind, service, version] = positionals;
  if (kind !== "release") throw new UsageError(`pack: expected \`release\`, found ${JSON.stringify(kind)}`);
  const session = await openSession(values, effects);
  try {
    const folder = values.output ?? packsFolder(outputFolder(session, undefined, effects));
    const releases = await chosenReleases(session, service, version);
    // Nightly runs ask for all there are: having none yet is no failure.
    if (releases.length === 0) {
      effects.stderr("note: no release is known to have gone live: deployments need a version\n");
    }
    const issuing = await issuingOf(values, session.loaded, effects);
    await writePacks(session, releases, outputFolder(session, folder, effects), effects, issuing);
    return 0;
  } finally {
    session.warehouse.close();
  }
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
