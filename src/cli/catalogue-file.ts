import { resolve } from "node:path";
import type { LoadedConfig } from "../config/load.ts";
import { shownPath } from "../config/shown-path.ts";
import type { Effects } from "../effects.ts";
import type { Catalogue } from "../site/text/catalogue.ts";
import { readTranslation, translated } from "../site/text/translation.ts";

/** The translation that the configuration names, with the number of messages that it lacks; undefined = pages are in English. */
export async function catalogueOf(
  { config, directory }: LoadedConfig,
  effects: Effects,
): Promise<(Catalogue & { readonly missing: number }) | undefined> {
  const { catalogue } = config.publish;
  if (catalogue === undefined) return undefined;
  const file = resolve(directory, catalogue.file);
  const translation = await readTranslation(file, shownPath(file, effects.cwd));
  return { ...translated(translation, catalogue.language), missing: translation.missing.length };
}
