import type { Archived } from "../archive-rows.ts";
import { plural } from "../format.ts";

/** What became of periods that are over, and whether pages still have all of it. */
export function archivesSentence({ archives, readFromArchives, readNowhere }: Archived): string {
  const lie = `${plural(archives.length, "archive holds", "archives hold")} what was collected of periods that are over.`;
  const read =
    readFromArchives === 0
      ? "The database still holds all of it, too."
      : `${plural(readFromArchives, "record was", "records were")} disposed of since, by the retention policy: pages and packs read ${readFromArchives === 1 ? "it" : "them"} from the archives, hash by hash.`;
  return readNowhere === 0 ? `${lie} ${read}` : `${lie} ${read} ${goneSentence(readNowhere)}`;
}

export const goneSentence = (records: number): string =>
  `${plural(records, "record is", "records are")} known by ${records === 1 ? "its" : "their"} hash alone and in no archive here: figures of that time are made without ${records === 1 ? "it" : "them"}.`;
