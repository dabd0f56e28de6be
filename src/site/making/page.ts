import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { RouteData } from "astro";
import { KnownError } from "../../errors.ts";

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
  const address = pathname === "/" ? "/index.html" : `${pathname}.html`;
  const html = await htmlOf(render, address, route);
  const file = join(outDir, address);
  // Asking another thread to write so little costs more than to wait for it.
  try {
    writeFileSync(file, html);
  } catch (error) {
    if (!isMissing(error)) throw error;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, html);
  }
}

async function htmlOf(render: Render, address: string, route: RouteData): Promise<Buffer> {
  try {
    const response = await render(new Request(new URL(address, HOST)), route);
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    if (error instanceof KnownError) throw error;
    throw new Error(`${address} cannot be made from ${route.component}`, { cause: error });
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOENT";
