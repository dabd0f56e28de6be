import { isAbsolute, relative, resolve, sep } from "node:path";
import type { Issuing } from "../../reports/folder/edition.ts";
import { shownPath } from "../config/shown-path.ts";
import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { pseudonymisedDatabase } from "../pseudonyms/database.ts";
import { readPseudonyms } from "../pseudonyms/key.ts";
import { writeMap } from "../pseudonyms/map-file.ts";
import type { Session } from "./session.ts";
import { packsFolder } from "./write-packs.ts";

interface PseudonymValues {
  readonly pseudonyms?: string | undefined;
  readonly "write-map"?: string | undefined;
}

export interface PackSession {
  readonly session: Session;
  /** For those who issue packs from it. */
  readonly pseudonyms?: NonNullable<Issuing["pseudonyms"]>;
  /** What somebody asked for by name, as the session calls it. */
  readonly called: (text: string) => string;
}

/** How packs of such a session are issued: the reason for a new edition names nobody either. */
export function withPseudonyms(issuing: Issuing, made: Omit<PackSession, "session"> | undefined): Issuing {
  if (made?.pseudonyms === undefined) return issuing;
  const { reason } = issuing;
  return { ...issuing, ...(reason === undefined ? {} : { reason: made.called(reason) }), pseudonyms: made.pseudonyms };
}

/** Writes names although a key is configured. */
const NONE = "none";

/**
 * The session that packs are made from: where a key is given or configured, one in which people have pseudonyms. That closes the first.
 * @param places folders that are handed on: neither key nor map may lie there
 */
export async function packSession(
  session: Session,
  values: PseudonymValues,
  places: readonly string[],
  effects: Effects,
): Promise<PackSession> {
  const { config, directory } = session.loaded;
  const given = values.pseudonyms === undefined ? undefined : resolve(effects.cwd, values.pseudonyms);
  const configured = config.publish.pseudonyms === undefined ? undefined : resolve(directory, config.publish.pseudonyms);
  const path = values.pseudonyms === NONE ? undefined : (given ?? configured);
  const map = values["write-map"] === undefined ? undefined : resolve(effects.cwd, values["write-map"]);
  if (path === undefined) {
    if (map !== undefined) throw new UsageError("--write-map: there are no pseudonyms without --pseudonyms");
    return { session, called: (text) => text };
  }
  for (const [option, file] of [["--pseudonyms", path], ["--write-map", map]] as const)
    if (file !== undefined) refuseWithin(places, file, option, effects);
  return pseudonymised(session, path, map, effects);
}

async function pseudonymised(
  session: Session,
  path: string,
  map: string | undefined,
  effects: Effects,
): Promise<PackSession> {
  const { loaded, asOf, input } = session;
  const pseudonyms = readPseudonyms(path, shownPath(path, effects.cwd));
  if (effects.isTerminal) effects.stderr("building the model of the records under pseudonyms\n");
  const made = await pseudonymisedDatabase(session.warehouse, pseudonyms, {
    ...{ input, asOf, memoryLimit: loaded.config.database_memory },
  });
  const { warehouse, people } = made;
  try {
    if (map !== undefined) writeMap(map, shownPath(map, effects.cwd), people.map, pseudonyms.key);
  } catch (error) {
    warehouse.close();
    throw error;
  }
  if (loaded.config.signing !== undefined && people.replacer.text(loaded.config.signing.identity) !== loaded.config.signing.identity)
    effects.stderr(`note: the signature names ${loaded.config.signing.identity}: an address that is nobody's own would name nobody\n`);
  return {
    session: { ...session, warehouse, input: made.input, localQueries: made.localQueries },
    pseudonyms: { fingerprint: pseudonyms.fingerprint },
    called: people.replacer.text,
  };
}

/**
 * Who hides people on pages hardly means to publish them in the packs beside.
 * @param places the folder of the site, and that of the packs where it is another
 */
export function warnOfNames({ loaded: { config } }: Session, places: readonly string[], effects: Effects): void {
  const [site = "", packs = packsFolder(site, config)] = places;
  const { people } = config.publish;
  if (people === "names" || !isWithin(packs, site)) return;
  effects.stderr(
    `warning: packs in ${shownPath(packs, effects.cwd)} name people and are published with the site, although pages do not show them ` +
      `(\`publish.people: ${people}\`): name a key at \`publish.pseudonyms\`, or write packs elsewhere with \`pack --output\`\n`,
  );
}

const isWithin = (file: string, folder: string): boolean => {
  const path = relative(folder, file);
  return path !== ".." && !path.startsWith(`..${sep}`) && !isAbsolute(path);
};

/** What is handed on with a pack, or published beside it, is kept from nobody. */
function refuseWithin(places: readonly string[], file: string, option: string, effects: Effects): void {
  const place = places.find((folder) => isWithin(file, folder));
  if (place === undefined) return;
  throw new UsageError(
    `${option}: ${shownPath(file, effects.cwd)} lies in ${shownPath(place, effects.cwd)}, which is handed on: keep it elsewhere`,
  );
}
