import { join, resolve } from "node:path";
import { listPacks } from "../../reports/folder/library.ts";
import { archivedFor } from "../archive/listed.ts";
import { loadConfig } from "../config/load.ts";
import { shownPath } from "../config/shown-path.ts";
import type { Effects } from "../effects.ts";
import { buildSite, type BuiltSite } from "../site/build.ts";
import { lineToAdd } from "../config/line-to-add.ts";
import { printableLine } from "../printable.ts";
import type { Row } from "../warehouse/rows.ts";
import { sourceStates } from "../warehouse/source-state.ts";
import { catalogueOf } from "./catalogue-file.ts";
import { readArguments } from "./command.ts";
import { build as command } from "./help/build.ts";
import { siteIssuingOf } from "./issuing.ts";
import { noteMoved, recordFigures } from "./published.ts";
import { packSession, warnOfNames, withPseudonyms } from "./pseudonyms.ts";
import { archiveFolders, chartsOf, openSession, type Session } from "./session.ts";
import { packsFolder, writeSitePacks } from "./write-packs.ts";

/** Computes all figures and writes the site. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values } = readArguments(command, args);
  // What is wrong with it is said before anything long begins.
  await catalogueOf(await loadConfig(values.config, effects, { secrets: "ignored" }), effects);
  let session = await openSession(values, effects);
  try {
    const output = outputFolder(session, values.output, effects);
    const issuing = await siteIssuingOf(values, session.loaded, effects);
    // Before the pages, which list them.
    const { config } = session.loaded;
    const hasNames = config.publish.pseudonyms === undefined || config.publish.packs === "none";
    const made = hasNames ? undefined : await packSession(session, {}, [output], effects);
    session = made?.session ?? session;
    if (config.publish.packs !== "none" && made === undefined) warnOfNames(session, [output], effects);
    const packs = await writeSitePacks(session, output, effects, withPseudonyms(issuing, made));
    if (made !== undefined) {
      session.warehouse.close();
      session = await openSession(values, effects);
    }
    const built = await writeSite(session, output, effects, values["no-cache"] ? undefined : chartsOf(session.loaded));
    await warn(session, effects);
    await noteMoved(session, effects);
    await recordFigures(session, effects);
    const { asOf, loaded } = session;
    effects.stdout(
      loaded.config.publish.audiences === undefined
        ? `${pagesAnd(built.pages, packs)} as of ${asOf} in ${shownPath(output, effects.cwd)}: open ${join(shownPath(output, effects.cwd), "index.html")} in a browser\n`
        : byAudience(built, output, packs, asOf, effects),
    );
    return 0;
  } finally {
    session.warehouse.close();
  }
}

const pagesAnd = (pages: number, packs: number) =>
  `${pages} pages${packs === 0 ? "" : ` and ${packs} release ${packs === 1 ? "pack" : "packs"}`}`;

/** One line for each folder, so that each can be given to its own readers. */
function byAudience({ audiences }: BuiltSite, output: string, packs: number, asOf: string, effects: Effects): string {
  const lines = audiences.map(
    ({ kind, folder, pages }) =>
      `${shownPath(join(output, folder), effects.cwd)}: ${pagesAnd(pages, kind === "audit" ? packs : 0)} for ${READERS[kind]}\n`,
  );
  return `${lines.join("")}as of ${asOf}; each folder is for its own readers alone\n`;
}

const READERS = { leadership: "leadership", teams: "teams", audit: "auditors" } as const;

/** Writes the site of a session into a folder, or one for each audience. */
export async function writeSite(
  { warehouse, loaded, localQueries }: Session,
  output: string,
  effects: Effects,
  charts?: string,
): Promise<BuiltSite> {
  const config = { ...loaded.config, queries: localQueries };
  const catalogue = await catalogueOf(loaded, effects);
  if (catalogue && catalogue.missing > 0)
    note(`${catalogue.missing} messages are not translated and stay in English: quarterdeck catalogue lists them`, effects);
  return buildSite(warehouse, {
    outDir: output,
    config,
    effects,
    ...(charts !== undefined && { charts }),
    ...(catalogue && { catalogue }),
    packs: listPacks(packsFolder(output, config)),
    archived: await archivedFor(warehouse, archiveFolders(loaded)),
  });
}

export function outputFolder({ loaded }: Session, option: string | undefined, effects: Effects): string {
  return option === undefined
    ? resolve(loaded.directory, loaded.config.output)
    : resolve(effects.cwd, option);
}

type Issue = Row<"reports.site_issue", "add_to" | "add_path" | "add_value">;

const MOST_NOTES = 10;

/** What the data page lists as open questions is said here too, so that nobody has to look for it. */
async function warn({ warehouse, loaded }: Session, effects: Effects): Promise<void> {
  const { sources } = loaded.config;
  const failed = (await sourceStates(warehouse)).filter(({ is_complete, source }) => !is_complete && Object.hasOwn(sources, source));
  for (const { source, run_id, message } of failed) {
    note(
      `${source}: its last collection (run ${run_id}) failed: ${message ?? ""}. What it brought before is used.`,
      effects,
    );
  }
  const issues = await warehouse.rows<Issue>("from reports.site_issue order by rowid");
  for (const issue of issues.slice(0, MOST_NOTES)) noteIssue(issue, effects);
  if (issues.length > MOST_NOTES) note(`${issues.length - MOST_NOTES} more: quarterdeck doctor`, effects);
}

function noteIssue(issue: Issue, effects: Effects): void {
  const records = issue.rows === 0 ? "" : ` ${issue.rows} ${issue.rows === 1 ? "record" : "records"}.`;
  note(`${issue.kind}: ${issue.subject}:${records} ${issue.effect} ${issue.remedy}`, effects);
  for (const line of lineToAdd(issue)?.split("\n") ?? []) effects.stderr(`      ${printableLine(line)}\n`);
}

const note = (text: string, effects: Effects) =>
  effects.stderr(`note: ${printableLine(text.replaceAll("\n", " "))}\n`);
