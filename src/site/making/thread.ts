import { parentPort, workerData } from "node:worker_threads";
import type { RouteData } from "astro";
import { openAt } from "../audience/place.ts";
import { makeCharts } from "../charts/index.ts";
import { kept } from "../charts/kept.ts";
import { remembered } from "../charts/remembered.ts";
import { siteSize, siteTheme } from "../charts/theme.ts";
import { makeSite, setSite } from "../data.ts";
import { Clock } from "../format.ts";
import { readersOf } from "../readers.ts";
import { CATALOGUE } from "../text/catalogue.ts";
import { makePage } from "./page.ts";
import type { Task, Used } from "./second.ts";
import { take } from "./share.ts";

/** What Astro bundles, as far as it is asked for here. */
interface Entry {
  readonly app: {
    readonly manifest: { readonly routes: readonly { readonly routeData: RouteData }[] };
    setInternals(internals: object): void;
    setOptions(options: object): void;
    render(request: Request, options: { readonly routeData: RouteData }): Promise<Response>;
  };
}

const { entry, outDir, paths, share, told, catalogue, timeZone, place, charts } = workerData as Task;
const warehouse = await openAt(place)({ threads: 1, memoryLimit: "1GB" });
const drawn = charts === undefined ? undefined : kept(charts);
try {
  const clock = new Clock(timeZone);
  CATALOGUE.current = catalogue;
  setSite(makeSite({ ...told, ...readersOf(warehouse), clock, charts: remembered(makeCharts(clock, siteTheme, siteSize, drawn?.draw)) }));
  await makeFromTheEnd();
} finally {
  warehouse.close();
}
parentPort?.postMessage([...(drawn?.used ?? [])] satisfies Used);

async function makeFromTheEnd(): Promise<void> {
  const { app } = (await import(entry)) as Entry;
  // Pages have styles and scripts of their own, so there is nothing that the bundler would have to tell of them.
  app.setInternals({ pagesByKeys: new Map() });
  app.setOptions({ settings: { scripts: [] }, logger: { options: { destination: { write: () => true } } } });
  const routes = new Map(app.manifest.routes.map(({ routeData }) => [routeData.component, routeData]));
  for (const [at, { pathname, component }] of [...paths.entries()].reverse()) {
    if (!take(share, at)) return;
    const route = routes.get(component);
    if (route === undefined) throw new Error(`there is no route for ${component}`);
    await makePage((request, routeData) => app.render(request, { routeData }), { pathname, route }, outDir);
  }
}
