import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { RouteData } from "astro";

/** A page that is to be made. */
export interface PagePath {
  /** As Astro has it: without ending. */
  readonly pathname: string;
  readonly route: RouteData;
}

export type Render = (request: Request, route: RouteData) => Promise<Response>;

/** No request is ever made to it: Astro asks for whole addresses. */
const HOST = "http://localhost";

/** Makes one page and puts it where its address says. */
export async function makePage(render: Render, { pathname, route }: PagePath, outDir: string): Promise<void> {
  const url = new URL(pathname === "/" ? "/index.html" : `${pathname}.html`, HOST);
  const html = Buffer.from(await (await render(new Request(url), route)).arrayBuffer());
  const file = fileURLToPath(new URL(`.${url.pathname}`, `${pathToFileURL(outDir).href}/`));
  // Asking another thread to write so little costs more than to wait for it.
  try {
    writeFileSync(file, html);
  } catch (error) {
    if (!isMissing(error)) throw error;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, html);
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOENT";
