import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { globSync } from "tinyglobby";
import { slug } from "../../src/site/slug.ts";

/** `<file>: <what stands there>` wherever one of these stands in a folder, in any of the forms that files have, and in names of files. */
export async function leaksIn(folder: string, texts: readonly string[]): Promise<string[]> {
  const scratch = mkdtempSync(join(tmpdir(), "quarterdeck-leaks-"));
  try {
    const forms = [...new Set(texts.flatMap(formsOf))];
    // Digits and letters of hashes spell such logins by chance: they count as words of their own only.
    const [words, anywhere] = [forms.filter(isInHashes), forms.filter((form) => !isInHashes(form))];
    writeFileSync(join(scratch, "names.txt"), globSync("**/*", { cwd: folder, dot: true }).join("\n"));
    await unpackTables(folder, scratch);
    return [folder, scratch].flatMap((place) => [...found(place, words, ["-w"]), ...found(place, anywhere, [])]);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

const isInHashes = (form: string) => /^[0-9a-f-]*$/i.test(form) || form.length < 5;

/** As it is, as in HTML, JSON, addresses and names of files. */
function formsOf(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const html = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return [
    ...[text, json, json.replaceAll(/[^\0-~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`)],
    ...[html, html.replaceAll('"', "&quot;").replaceAll("'", "&#39;"), html.replaceAll('"', "&#34;"), html.replaceAll("&amp;", "&#38;")],
    ...[encodeURIComponent(text), encodeURI(text), text.replaceAll(" ", "+"), text.normalize("NFD")],
    ...(text.includes(" ") ? [slug(text)] : []),
  ].flatMap((form) => [form, form.toLowerCase()]);
}

function found(place: string, forms: readonly string[], how: readonly string[]): string[] {
  if (forms.length === 0) return [];
  const list = join(mkdtempSync(join(tmpdir(), "quarterdeck-forms-")), "forms");
  writeFileSync(list, `${forms.join("\n")}\n`);
  try {
    const said = execFileSync("grep", ["-raioF", ...how, "-f", list, "."], { cwd: place, env: { LC_ALL: "C" }, maxBuffer: 2 ** 28 });
    return [...new Set(said.toString().trim().split("\n"))];
  } catch (error) {
    // 1 = nothing was found.
    if (error instanceof Error && "status" in error && error.status === 1) return [];
    throw error;
  } finally {
    rmSync(join(list, ".."), { recursive: true });
  }
}

/** Parquet is compressed: its rows as text. */
async function unpackTables(folder: string, scratch: string): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  for (const file of globSync("**/*.parquet", { cwd: folder })) {
    const to = join(scratch, `${file.replaceAll("/", "_")}.csv`);
    await connection.run(`copy (from read_parquet('${join(folder, file)}')) to '${to}' (format csv)`);
  }
  connection.closeSync();
  instance.closeSync();
}
