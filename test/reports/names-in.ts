import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { pathsIn } from "../../reports/folder/sums.ts";
import { readBack } from "./read-parquet.ts";
import { readPdf } from "./read-pdf.ts";

/** `<file>: <name>` wherever a name stands as a word of its own in a folder: bytes as they are, and what PDF, Parquet and zip hold. */
export async function namesIn(folder: string, names: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const look: Look = (place, text, shortest = 1) => {
    const words = text.normalize("NFC").toLowerCase();
    for (const name of names) {
      const plain = name.normalize("NFC").toLowerCase();
      if (plain.length >= shortest && words.includes(plain) && asWord(plain).test(words)) found.push(`${place}: ${name}`);
    }
  };
  for (const path of pathsIn(folder)) {
    look("path", path);
    await lookInto(path, readFileSync(join(folder, path)), look);
  }
  return found;
}

const asWord = (name: string) =>
  new RegExp(`(?<![\\p{L}\\p{N}])${name.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)}(?![\\p{L}\\p{N}])`, "u");

/** Looks for names of so many letters or more. */
type Look = (place: string, text: string, shortest?: number) => void;

/** By chance three letters stand somewhere in what is compressed. */
const LONG = 8;

async function lookInto(path: string, content: Uint8Array, look: Look): Promise<void> {
  const isPacked = /\.(?:parquet|pdf|zip)$/.test(path);
  look(path, new TextDecoder().decode(content), isPacked ? LONG : 1);
  if (path.endsWith(".parquet")) look(path, JSON.stringify(await readBack(content)));
  if (path.endsWith(".zip"))
    for (const [name, inner] of Object.entries(unzipSync(content))) await lookInto(`${path}/${name}`, inner, look);
  if (!path.endsWith(".pdf")) return;
  const { text, attachments, info, xmp, outline, links, trees } = await readPdf(content);
  // Lines break within names.
  look(`${path} text`, text.replaceAll(/\s+/g, " "));
  look(`${path} rest`, JSON.stringify([info, xmp, outline, links, trees]));
  for (const [name, inner] of attachments) look(`${path}/${name}`, new TextDecoder().decode(inner));
}
