import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Chance } from "../../support/chance.ts";

/** What stands in a file, as often as it is asked for the same. */
export interface Content {
  /** The file as it is meant to be. */
  text(): string;
  /** Something in it is another; `fewer` where records may go. */
  change(chance: Chance, fewer: boolean): void;
  /** What may not be taken in is put right. */
  settle(): void;
}

/** What goes wrong with the bytes of a file, until somebody puts it right. */
export const DAMAGES = ["half-written", "emptied", "UTF-16", "Latin-1"] as const;
/** How the same can be written otherwise. */
export const REWRITES = ["a byte order mark", "other line ends"] as const;

type Damage = (typeof DAMAGES)[number];
type Rewrite = (typeof REWRITES)[number];

interface Kept {
  content: Content;
  damage: Damage | undefined;
  rewrite: Rewrite | undefined;
}

export interface Rules {
  /** Whether files and records may go: what they said then goes with them. */
  readonly isSnapshot: boolean;
  /** A file of the folder, made anew: its name and what stands in it. */
  readonly create: (chance: Chance) => { readonly name: string; readonly content: Content };
  /** Which name a file may take that is renamed. */
  readonly rename: (name: string, chance: Chance) => string;
}

/** Files that come, change and go between collections. */
export class Folder {
  private readonly files = new Map<string, Kept>();
  private readonly directory: string;
  private readonly rules: Rules;
  private readonly note: (kind: string) => void;

  constructor(directory: string, rules: Rules, note: (kind: string) => void) {
    this.directory = directory;
    this.rules = rules;
    this.note = note;
  }

  happen(chance: Chance, often: number): void {
    for (let left = often; left > 0; left -= 1) this.one(chance);
  }

  /** All is put right, and something is there. */
  settle(chance: Chance): void {
    if (this.files.size === 0) this.add(chance);
    for (const [name, file] of this.files) {
      file.damage = undefined;
      // A row that is rejected may be one that is there already: then nothing is deleted.
      if (this.rules.isSnapshot) file.content.settle();
      this.write(name);
    }
  }

  private one(chance: Chance): void {
    const name = chance.of([...this.files.keys()].sort());
    const roll = chance.whole(1, 100);
    if (name === undefined || roll <= 20) this.add(chance);
    else if (roll <= 45) this.change(name, chance);
    else if (roll <= 65) this.damage(name, chance);
    else if (roll <= 75) this.mend(name);
    else if (roll <= 85) this.rewrite(name, chance);
    else if (this.rules.isSnapshot) this.remove(name, chance);
  }

  private add(chance: Chance): void {
    const { name, content } = this.rules.create(chance);
    // Where what is gone stays stored, another file of that name would leave what the first one said.
    if (this.files.has(name) && !this.rules.isSnapshot) return;
    this.note(this.files.has(name) ? "replaced" : "added");
    this.files.set(name, { content, damage: undefined, rewrite: undefined });
    this.write(name);
  }

  private change(name: string, chance: Chance): void {
    this.files.get(name)?.content.change(chance, this.rules.isSnapshot);
    this.note("changed");
    this.write(name);
  }

  private damage(name: string, chance: Chance): void {
    const file = this.files.get(name);
    if (!file) return;
    file.damage = chance.one(DAMAGES);
    this.note(file.damage);
    this.write(name);
  }

  /** The bytes that were there before may come again. */
  private mend(name: string): void {
    const file = this.files.get(name);
    if (file?.damage === undefined) return;
    file.damage = undefined;
    this.note("put right");
    this.write(name);
  }

  private rewrite(name: string, chance: Chance): void {
    const file = this.files.get(name);
    if (!file) return;
    file.rewrite = chance.one(REWRITES);
    this.note(file.rewrite);
    this.write(name);
  }

  private remove(name: string, chance: Chance): void {
    const file = this.files.get(name);
    const other = this.rules.rename(name, chance);
    this.files.delete(name);
    rmSync(join(this.directory, name));
    const isRenamed = file !== undefined && other !== name && chance.percent(50);
    this.note(isRenamed ? "renamed" : "deleted");
    if (!isRenamed) return;
    this.files.set(other, file);
    this.write(other);
  }

  private write(name: string): void {
    const file = this.files.get(name);
    if (!file) return;
    const path = join(this.directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytesOf(file));
  }
}

function bytesOf({ content, damage, rewrite }: Kept): Buffer {
  const text = content.text();
  switch (damage) {
    case "half-written":
      return Buffer.from(text.slice(0, Math.floor(text.length * 0.6)));
    case "emptied":
      return Buffer.alloc(0);
    case "UTF-16":
      return Buffer.from(`\ufeff${text}`, "utf16le");
    case "Latin-1":
      return Buffer.from(text, "latin1");
    case undefined:
      return Buffer.from(rewritten(text, rewrite));
  }
}

function rewritten(text: string, rewrite: Rewrite | undefined): string {
  if (rewrite === undefined) return text;
  return rewrite === "a byte order mark" ? `\ufeff${text}` : text.replaceAll(/\r?\n/g, "\r\n");
}
