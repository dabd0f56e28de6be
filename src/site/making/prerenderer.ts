import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AstroIntegration, AstroPrerenderer } from "astro";
import type { Help } from "./help.ts";
import { makePage, type PagePath } from "./page.ts";
import { shareOf, take } from "./share.ts";

/**
 * Makes the pages that Astro has bundled. Astro itself would make one after the other and wait for the disk after each; here each is written at
 * once, and a second thread begins at the other end of the list.
 */
export function prerenderer(outDir: string, help: Help | undefined): AstroIntegration {
  return {
    name: "quarterdeck",
    hooks: {
      "astro:build:start": ({ setPrerenderer }) =>
        setPrerenderer((own) => ({
          ...own,
          // What is left for Astro to make is nothing.
          getStaticPaths: async () => {
            await makePages(own, outDir, help);
            return [];
          },
        })),
    },
  };
}

async function makePages(own: AstroPrerenderer, outDir: string, help: Help | undefined): Promise<void> {
  const paths = together(firstOfEach(await own.getStaticPaths()));
  const share = shareOf(paths.length);
  const second = help && paths.length >= help.from ? help.start({ entry: entryIn(outDir), outDir, share, paths: paths.map(plain) }) : undefined;
  try {
    for (const [at, path] of paths.entries()) {
      if (second?.hasFailed() || !take(share, at)) break;
      await makePage(async (request, routeData) => responseOf(await own.render(request, { routeData })), path, outDir);
    }
    await second?.end();
  } finally {
    await second?.stop();
  }
}

/** Of two pages with the same address the first stays, whichever thread would be last to write it. */
function firstOfEach(paths: readonly PagePath[]): PagePath[] {
  const known = new Set<string>();
  return paths.filter(({ pathname }) => known.size < known.add(pathname).size);
}

/** Pages of a service or team one after the other, of whatever kind: what they have in common is read once then. */
const together = (paths: readonly PagePath[]): PagePath[] => [...Map.groupBy(paths, ({ pathname }) => pathname.split("/")[2]).values()].flat();

const plain = ({ pathname, route }: PagePath) => ({ pathname, component: route.component });

const responseOf = (rendered: Awaited<ReturnType<AstroPrerenderer["render"]>>): Response => (rendered instanceof Response ? rendered : rendered.response);

/** Where Astro puts what it bundles. */
function entryIn(outDir: string): string {
  const folder = join(outDir, ".prerender");
  const entry = readdirSync(folder).find((name) => name.startsWith("prerender-entry"));
  if (entry === undefined) throw new Error(`Astro left no entry in ${folder}`);
  return pathToFileURL(join(folder, entry)).href;
}
