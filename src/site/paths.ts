import { shows } from "./audience/audience.ts";
import { chunks, weighedChunks } from "./busiest.ts";
import type { ControlRow, FrameworkRow } from "./control-rows.ts";
import { site } from "./data.ts";
import { definedQueries } from "./defined-queries.ts";
import { numbered, pagesOf, registerPath } from "./links.ts";
import { METRICS } from "./metrics.ts";
import type { MeasureRow } from "./practice-rows.ts";
import type { MetricText } from "./metrics.ts";
import type { RetrospectiveRow } from "./retrospective-rows.ts";
import type { ReleaseRow } from "./release-rows.ts";
import type { FigureRow, OwnershipRow, PeriodKind, QueryRow, ServiceRow, TeamRow } from "./rows.ts";
import { pageCount } from "./rows-behind.ts";
import type { ListedPack } from "./pack-rows.ts";
import { plainSlug, slug } from "./slug.ts";
import { groupsOf } from "./words/packs.ts";
import { PERIOD_KINDS } from "./words/period.ts";

interface Path<Params, Props> {
  params: Params;
  props: Props;
}

export function servicePaths(): Path<{ service: string }, { row: ServiceRow }>[] {
  return site().services.map((row) => ({ params: { service: slug(row.service) }, props: { row } }));
}

export function queryPaths(): Path<{ relation: string }, { query: QueryRow }>[] {
  return definedQueries().map((query) => ({ params: { relation: plainSlug(query.relation) }, props: { query } }));
}

export function teamPaths(): Path<{ team: string }, { row: TeamRow }>[] {
  return site().teams.map((row) => ({ params: { team: slug(row.team) }, props: { row } }));
}

/** Kinds of period that the site is read by: years only where one is over. */
export function periodKinds(): readonly PeriodKind[] {
  const { latest, context } = site();
  const whole = { kind: "organisation", name: context.organisation } as const;
  return PERIOD_KINDS.filter((kind) => kind !== "year" || latest(whole, kind, "deployment_frequency") !== undefined);
}

/** Kinds that have a page of their own; by quarter it is the scope's page itself. */
export const otherPeriodKinds = (): readonly PeriodKind[] => periodKinds().filter((kind) => kind !== "quarter");

/** The same pages by those kinds. */
export function withPeriods<Params, Props>(
  paths: Path<Params, Props>[],
): Path<Params & { period: PeriodKind }, Props>[] {
  const periods = otherPeriodKinds();
  return paths.flatMap(({ params, props }) =>
    periods.map((period) => ({ params: { ...params, period }, props })),
  );
}

/** The complete quarters in which teams and services can be read side by side, newest first. */
export function comparedQuarters(): FigureRow[] {
  const { periods, context } = site();
  const quarters = periods({ kind: "organisation", name: context.organisation }, "quarter", "deployment_frequency");
  return quarters
    .filter(({ role }) => role !== "current")
    .slice(-COMPARED)
    .toReversed();
}

const COMPARED = 8;

/** Nothing where the audience has no such page. */
function where<Path>(folder: string, paths: () => Path[]): Path[] {
  return shows(site().audience, `${folder}/`) ? paths() : [];
}

/** Each path once for every metric. */
export function withMetrics<Params, Props>(
  paths: Path<Params, Props>[],
): Path<Params & { metric: string }, Props & { metric: MetricText }>[] {
  return where("rows", () =>
    paths.flatMap(({ params, props }) =>
      METRICS.map((metric) => ({ params: { ...params, metric: metric.slug }, props: { ...props, metric } })),
    ),
  );
}

/** Quarters of which the site lists the rows: the newest that have any. */
const QUARTERS = 5;

/** Rows behind a figure. Changes that wait are counted beside a lead time and listed elsewhere. */
function rowsOf({ unit, n, pending, unknown }: FigureRow): number {
  return unit === "ratio" ? n + (pending ?? 0) + (unknown ?? 0) : n;
}

/** Quarters of a metric that have a page of rows, oldest first. */
export function listedQuarters(service: string, metric: MetricText): FigureRow[] {
  const quarters = site().periods({ kind: "service", name: service }, "quarter", metric.key);
  return quarters.filter((figure) => rowsOf(figure) > 0).slice(-QUARTERS);
}

/** The pages of rows of all services, metrics and listed quarters. */
export function quarterPaths() {
  return withMetrics(servicePaths()).flatMap(({ params, props }) =>
    listedQuarters(props.row.service, props.metric).flatMap((figure) => {
      const pages = pageCount(rowsOf(figure));
      return listPages(plainSlug(figure.period_label), pages).map((page) => ({
        params: { ...params, quarter: page.name },
        props: { ...props, figure, page: page.number, pages },
      }));
    }),
  );
}

/** As many releases as the page of all quarters lists, and as a page of one does. */
const RELEASES_OF_ALL = 200;
const RELEASES = 80;

/** Whether the list of releases is short enough for one page. */
export function listsReleasesHere(): boolean {
  return site().releases.length <= RELEASES_OF_ALL;
}

/** Where the releases of a quarter are listed. No service has a folder named `quarter`. */
export function releaseQuarterPath(label: string, page = 1): string {
  if (listsReleasesHere()) return `releases.html#${plainSlug(label)}`;
  return `releases/quarter/${numbered(plainSlug(label), page)}.html`;
}

/** The pages of quarters, where there are too many releases for one page. */
export function releaseQuarterPaths() {
  if (listsReleasesHere() || !shows(site().audience, "releases/")) return [];
  const filed = Map.groupBy(site().releases, ({ quarter_label }) => quarter_label);
  return site().releaseQuarters.flatMap((quarter) => {
    const lists = chunks(filed.get(quarter.quarter_label) ?? [], RELEASES);
    return listPages(plainSlug(quarter.quarter_label), lists.length).map(({ name, number }) => ({
      params: { quarter: name },
      props: { quarter, releases: lists[number - 1] ?? [], page: number, pages: lists.length },
    }));
  });
}

/** Service by service, because what is known of releases is read so. */
export function releasePaths(): Path<{ service: string; version: string }, { release: ReleaseRow }>[] {
  const services = Map.groupBy(site().releases, ({ service }) => service);
  return where("releases", () =>
    [...services.values()].flat().map((release) => ({
      params: { service: slug(release.service), version: slug(release.version) },
      props: { release },
    })),
  );
}

/** Services whose figures stand side by side, by page: an overview shows some of them. */
export function figuresPages(): (readonly ServiceRow[])[] {
  const { services } = site();
  return services.length > 0 ? chunks(services, 40) : [];
}

export const figuresPaths = (): Path<{ list: string }, { period: PeriodKind; page: number }>[] =>
  periodKinds().flatMap((period) =>
    listPages(period, figuresPages().length).map(({ name, number }) => ({ params: { list: name }, props: { period, page: number } })),
  );

/** Services in the register, by page. */
export const registerPages = (services: readonly ServiceRow[]) => chunks(services, 60);

/** Services that a team's row names of those that it owns, owned before and will own; its page and the file have all. */
export const NAMED_SERVICES = 60;

/** Teams, by page: about 50, fewer where they own much. */
export function teamPages(): (readonly TeamRow[])[] {
  const { teams, ownership } = site();
  const owned = Map.groupBy(ownership, ({ team, when_owned }) => JSON.stringify([team, when_owned]));
  const named = ({ team }: TeamRow, when: OwnershipRow["when_owned"]) =>
    Math.min(NAMED_SERVICES, owned.get(JSON.stringify([team, when]))?.length ?? 0);
  return weighedChunks(teams, (row) => 10 + named(row, "before") + named(row, "now") + named(row, "later"), 1000);
}

/** Packs by page, in the order in which they are listed. */
export function packPages(): (readonly ListedPack[])[] {
  const { packs, clock } = site();
  return chunks(groupsOf(packs, clock).flatMap(({ years }) => years.flatMap((year) => year.packs)), 80);
}

/** Teams with their retrospectives, by page. */
export const retrospectiveTeams = () =>
  chunks([...Map.groupBy(site().retrospectives.quarters, ({ team }) => team).values()], 60);

/** Services with their deployments by month, by page. */
export const deploymentPages = () => chunks(site().services, 20);

/** The first page of a list has the plain name; these are the others. */
export function laterPages(pages: readonly unknown[]): { params: { page: string } }[] {
  return pages.slice(1).map((_, at) => ({ params: { page: String(at + 2) } }));
}

/** The pages that list the deployments of each service and month. */
export function deploymentMonthPaths() {
  const months = Map.groupBy(where("deployments", () => [...site().deploymentMonths]), ({ service }) => service);
  return servicePaths().flatMap(({ params, props }) =>
    (months.get(props.row.service) ?? []).flatMap((month) =>
      listPages(month.month, month.pages).map((page) => ({
        params: { ...params, month: page.name },
        props: { ...props, month, page: page.number },
      })),
    ),
  );
}

/** The pages that list the incidents of each month. */
export function incidentMonthPaths() {
  return where("incidents", () => [...site().incidentMonths]).flatMap((month) =>
    listPages(month.month, month.pages).map((page) => ({
      params: { month: page.name },
      props: { month, page: page.number },
    })),
  );
}

/** Names of a list's pages: the list itself, then `-2` and so on. */
function listPages(name: string, pages: number): { name: string; number: number }[] {
  return Array.from({ length: pages }, (_, at) => ({ name: numbered(name, at + 1), number: at + 1 }));
}

/** A page for each control that is switched on, and as many further ones as what fails there and is exempt takes. */
export function controlPaths(): Path<{ control: string }, { control: ControlRow; page: number; pages: number }>[] {
  const { controls, deviations } = site().process;
  const listed = Map.groupBy(deviations, ({ control }) => control);
  return controls.flatMap((control) => {
    const pages = listedPages(listed.get(control.control) ?? []);
    return listPages(plainSlug(control.control), pages).map(({ name, number }) => ({
      params: { control: name },
      props: { control, page: number, pages },
    }));
  });
}

/** On how many pages a query puts these rows. */
export const listedPages = (rows: readonly { readonly list_page: number }[]): number =>
  rows.reduce((most, { list_page }) => Math.max(most, list_page), 1);

/** Addresses of the pages that list the exemptions. */
export const exemptionPages = (): string[] =>
  pagesOf((page) => registerPath("exemptions", page), listedPages(site().process.exemptions));

export function frameworkPaths(): Path<{ framework: string }, { framework: FrameworkRow }>[] {
  return site().process.frameworks.map((framework) => ({ params: { framework: slug(framework.framework) }, props: { framework } }));
}

/** One page for each team and quarter that it looks back on, team by team. */
export function retrospectivePaths(): Path<{ team: string; quarter: string }, { row: RetrospectiveRow }>[] {
  return where("retrospectives", () => [...site().retrospectives.quarters]).map((row) => ({
    params: { team: slug(row.team), quarter: plainSlug(row.quarter) },
    props: { row },
  }));
}

/** Measures by group, in the order of the catalogue. */
export const areasOf = (measures: readonly MeasureRow[]): [string, MeasureRow[]][] => [
  ...Map.groupBy(measures, ({ area }) => area),
];

export function practiceAreaPaths(): Path<{ area: string }, { area: string; measures: MeasureRow[] }>[] {
  return areasOf(site().practices.measures).map(([area, measures]) => ({
    params: { area: slug(area) },
    props: { area, measures },
  }));
}
