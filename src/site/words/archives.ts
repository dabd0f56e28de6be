import type { Archived } from "../archive-rows.ts";
import { t } from "../text/message.ts";

/** What became of periods that are over, and whether pages still have all of it. */
export function archivesSentence({ archives, readFromArchives, readNowhere }: Archived): string {
  const sentences = [
    t("archives.hold", { archives: archives.length }),
    readFromArchives === 0
      ? t("archives.all-in-database")
      : t("archives.read", { records: readFromArchives }),
    ...(readNowhere === 0 ? [] : [goneSentence(readNowhere)]),
  ];
  return sentences.join(" ");
}

export const goneSentence = (records: number): string => t("archives.gone", { records });
