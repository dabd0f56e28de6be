import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { DataError } from "../../errors.ts";
import type { Place } from "../audience/place.ts";
import type { SiteParts, Readers } from "../data.ts";
import type { Catalogue } from "../text/catalogue.ts";
import type { Share } from "./share.ts";

/** What Astro has made ready. */
interface Ready {
  /** Address of the module that makes pages. */
  readonly entry: string;
  readonly outDir: string;
  readonly paths: readonly { readonly pathname: string; readonly component: string }[];
  readonly share: Share;
}

/** What the site is made from; the rest a thread reads and makes for itself. */
export type Told = Omit<SiteParts, keyof Readers | "clock" | "charts">;

interface Source {
  readonly told: Told;
  readonly catalogue: Catalogue;
  readonly timeZone: string;
  readonly place: Place;
  /** Folder that charts are kept in. */
  readonly charts: string | undefined;
}

export type Task = Ready & Source;

/** What the second thread says at its end: names of the charts that it had use for. */
export type Used = readonly string[];

export interface Second {
  readonly hasFailed: () => boolean;
  /** Waits until its pages are made. */
  readonly end: () => Promise<void>;
  /** Ends it wherever it is. */
  readonly stop: () => Promise<unknown>;
}

export type StartSecond = (ready: Ready) => Second;

/** Hands the same site to a thread of its own. */
export const secondOf =
  (source: Source, addUsed: (used: Used) => void): StartSecond =>
  (ready) => {
    const thread = new Worker(new URL(`./thread${extname(import.meta.url)}`, import.meta.url), { resourceLimits: { maxYoungGenerationSizeMb: 192 }, workerData: { ...ready, ...source } satisfies Task });
    let failure: Error | undefined;
    thread.on("message", addUsed);
    thread.on("error", (error) => (failure = inItsClass(error)));
    const ended = new Promise<void>((resolve) => thread.on("exit", () => resolve()));
    return {
      hasFailed: () => failure !== undefined,
      async end() {
        await ended;
        if (failure !== undefined) throw failure;
      },
      stop: () => thread.terminate(),
    };
  };

/** Errors lose their class between threads. */
function inItsClass(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  return error.name === DataError.name ? new DataError(error.message, { cause: error }) : error;
}
