export interface Section {
  readonly title: string;
  readonly path: string;
  /** First words of the addresses that belong to it. */
  readonly folders: readonly string[];
}

/** The parts of the site, as its head names them. */
export const SECTIONS: readonly Section[] = [
  { title: "Overview", path: "index.html", folders: ["month", "week", "year", "rolling", "rows"] },
  { title: "Services", path: "services.html", folders: ["services"] },
  { title: "Teams", path: "teams.html", folders: ["teams", "compare", "retrospectives"] },
  { title: "Releases", path: "releases.html", folders: ["releases"] },
  { title: "Deployments", path: "deployments.html", folders: ["deployments"] },
  { title: "Incidents", path: "incidents.html", folders: ["incidents", "links"] },
  { title: "Risk", path: "risk.html", folders: [] },
  {
    title: "Adherence",
    path: "adherence.html",
    folders: ["controls", "frameworks", "exemptions", "emergency", "paths"],
  },
  { title: "Practices", path: "practices.html", folders: ["practices"] },
  { title: "Packs", path: "packs.html", folders: [] },
  { title: "Data", path: "data.html", folders: ["restatements"] },
  { title: "Definitions", path: "definitions.html", folders: [] },
  { title: "Search", path: "search.html", folders: [] },
];

/** The address of the part that a page belongs to. */
export function sectionOf(page: string): string | undefined {
  const [folder = ""] = page.split(/(?:-\d+)?[/.]/);
  return SECTIONS.find(({ path, folders }) => path === page || folders.includes(folder))?.path;
}
