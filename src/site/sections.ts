import type { MessageKey } from "./text/catalogue.ts";
import { t } from "./text/message.ts";

export interface Section {
  readonly title: string;
  readonly path: string;
  /** First words of the addresses that belong to it. */
  readonly folders: readonly string[];
}

const section = (path: string, key: MessageKey, ...folders: string[]): Section => ({
  path,
  folders,
  get title() {
    return t(key);
  },
});

/** The parts of the site, as its head names them. */
export const SECTIONS: readonly Section[] = [
  section("index.html", "section.overview", "month", "week", "year", "rolling", "rows"),
  section("services.html", "section.services", "services", "figures"),
  section("teams.html", "section.teams", "teams", "compare", "retrospectives"),
  section("releases.html", "section.releases", "releases"),
  section("deployments.html", "section.deployments", "deployments"),
  section("incidents.html", "section.incidents", "incidents", "links"),
  section("risk.html", "section.risk"),
  section(
    "adherence.html",
    "section.adherence",
    "controls",
    "frameworks",
    "exemptions",
    "emergency",
    "paths",
  ),
  section("practices.html", "section.practices", "practices"),
  section("packs.html", "section.packs"),
  section("data.html", "section.data", "restatements"),
  section("definitions.html", "section.definitions", "definitions"),
  section("search.html", "section.search"),
];

/** The address of the part that a page belongs to. */
export function sectionOf(page: string): string | undefined {
  const [folder = ""] = page.split(/(?:-\d+)?[/.]/);
  return SECTIONS.find(({ path, folders }) => path === page || folders.includes(folder))?.path;
}
