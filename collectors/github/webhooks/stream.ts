import { hash } from "node:crypto";
import { z } from "zod";
import type { Json, Page, Stream, StreamContext } from "../../contract.ts";
import { brokenFile, bytesOf, checkFound, lengthOf, unfound } from "../../reading/append.ts";
import { counted, size } from "../../reading/words.ts";
import type { Deliveries, GitHubConfig } from "../config.ts";
import { type DeliveryFile, findDeliveries } from "./files.ts";
import { headersIn } from "./headers.ts";
import { isFull, nothing, readDeliveries, type Reading } from "./read-file.ts";

export const DELIVERY = "delivery";

/** Raised when the same bytes give other records than before. */
const READING_VERSION = 1;

const cursorForm = z.object({
  version: z.literal(READING_VERSION),
  /** Path -> what the file held when it was read. */
  read: z.record(z.string(), z.string()),
});

/** Everything that GitHub delivered, as it was delivered. Records stay, whatever becomes of their file. */
export const deliveryStream = (deliveries: Deliveries): Stream<GitHubConfig> => ({
  name: DELIVERY,
  needs: [],
  async *pages(_, cursor, context) {
    const found = await findDeliveries(deliveries, context.baseDirectory);
    checkFound("github", found, context, "correct `deliveries.paths`, or let the receiver write there");
    yield* new Reader(found.files, cursor, deliveries, context).pages();
  },
});

class Reader {
  readonly #files: readonly DeliveryFile[];
  readonly #deliveries: Deliveries;
  readonly #context: StreamContext;
  readonly #read: Map<string, string>;
  /** Many files hold one delivery each, and storing one takes as long as storing many. */
  #waiting = nothing();
  /** Files that it came from. */
  #sources: { file: string; accepted: number }[] = [];

  constructor(files: readonly DeliveryFile[], cursor: Json | undefined, deliveries: Deliveries, context: StreamContext) {
    const before = cursorForm.safeParse(cursor).data;
    const there = new Set(files.map(({ path }) => path));
    this.#files = files;
    this.#deliveries = deliveries;
    this.#context = context;
    this.#read = new Map(Object.entries(before?.read ?? {}).filter(([path]) => there.has(path)));
  }

  async *pages(): AsyncGenerator<Page> {
    for (const file of this.#files) yield* this.#fileOf(file);
    if (this.#sources.length > 0) yield this.#page();
  }

  async *#fileOf(file: DeliveryFile): AsyncGenerator<Page> {
    try {
      const bytes = bytesOf(file);
      const headers = headersIn(file);
      const fingerprint = hash("sha256", Buffer.concat([bytes, Buffer.from(JSON.stringify(headers ?? null))]), "base64url");
      if (this.#read.get(file.path) === fingerprint) return;
      const opening = { secret: this.#deliveries.webhook_secret, headers };
      for await (const reading of readDeliveries(file.path, bytes, opening)) {
        if (isFull(this.#waiting)) yield this.#page();
        this.#add(file, reading);
      }
      // Only with its last part is a file read: a run that was cut short begins it again.
      this.#read.set(file.path, fingerprint);
    } catch (error) {
      const { page } = brokenFile(file, error, this.#context);
      this.#add(file, { ...nothing(), rejected: [...(page.rejected ?? [])] });
    }
  }

  #add({ path }: DeliveryFile, { records, rejected, warnings, characters }: Reading): void {
    warnings.forEach(this.#context.warn);
    for (const [key, record] of records) this.#waiting.records.set(key, record);
    this.#waiting.rejected.push(...rejected);
    this.#waiting.characters += characters;
    this.#sources.push({ file: path, accepted: records.size });
  }

  #page(): Page {
    const { records, rejected } = this.#waiting;
    const files = this.#sources;
    this.#waiting = nothing();
    this.#sources = [];
    const [one, another] = files;
    this.#context.report(`${one && !another ? one.file : "deliveries"}: ${records.size} read, ${rejected.length} rejected`);
    const cursor = { version: READING_VERSION, read: Object.fromEntries(this.#read) };
    return { records: [...records.values()], rejected, files, cursor };
  }
}

/** One line for what a run would look at. */
export async function planOf(deliveries: Deliveries, { baseDirectory }: StreamContext): Promise<string[]> {
  const { files, ...others } = await findDeliveries(deliveries, baseDirectory);
  const bytes = files.reduce((sum, { absolute }) => sum + (lengthOf(absolute) ?? 0), 0);
  const there = files.length === 0 ? [] : [`deliveries: ${counted(files.length, "file")}, ${size(bytes)}`];
  return [...there, ...unfound(others, baseDirectory)];
}
