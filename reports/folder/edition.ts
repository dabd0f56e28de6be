import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DataError, UsageError } from "../../src/errors.ts";
import type { Signer } from "../../src/signing/signer.ts";
import { MANIFEST, PSEUDONYMS, sha256, SIGNATURE, SUMS, type PackSubject } from "./files.ts";
import { manifestSchema, type Manifest } from "./manifest.ts";
import { isIntact } from "./sums.ts";

/** How packs are issued: everything about it that is not the pack's own matter. */
export interface Issuing {
  /** Signs the pack and so issues it; left out = a draft. */
  readonly signer?: Signer;
  /** Why there is another edition of what was issued already. */
  readonly reason?: string;
  /** Writes `<folder>.zip` beside the folder. */
  readonly isZipped?: boolean;
  /** Leaves alone what is there: a draft of the same inputs, and whatever was issued. */
  readonly isKeeping?: boolean;
  /** People have pseudonyms in it, made with the key or map of this fingerprint. */
  readonly pseudonyms?: { readonly fingerprint: string };
}

export interface PackPlan {
  readonly subject: PackSubject;
  readonly issuing: Issuing;
  /** Where the pack is to lie: `name`, or `name-e2` for its second edition. */
  readonly directory: string;
  readonly edition: number;
  /** The issued edition before this one. */
  readonly previous?: IssuedPack;
  /** Whether the pack that lies there is what would be written. */
  readonly isThere: boolean;
}

/** Somebody has to say why what was issued is issued again. */
export class ReasonMissing extends UsageError {}

interface IssuedPack {
  readonly folder: string;
  readonly sumsSha256: string;
  readonly manifest: Manifest;
}

interface Found {
  readonly directory: string;
  readonly edition: number;
  readonly isIssued: boolean;
  readonly manifest: Manifest;
}

/**
 * Finds the place of a pack among its editions. What was issued stays as it is: where its inputs have changed, a new
 * edition stands beside it, which needs a reason. Only a draft may be replaced.
 * @throws {DataError} when the place is taken by something else
 * @throws {ReasonMissing} when a new edition has no reason
 */
export function planPack(named: string, of: PackSubject, issuing: Issuing = {}): PackPlan {
  const { directory, subject } = asPseudonymised(named, of, issuing);
  const found = editionsAt(directory, subject);
  const last = found.findLast(({ isIssued }) => isIssued);
  const plan = { subject, issuing };
  if (last !== undefined && (issuing.isKeeping === true || hasSameInputs(last, subject))) {
    return { ...plan, directory: last.directory, edition: last.edition, isThere: true };
  }
  const edition = (last?.edition ?? 0) + 1;
  const place = edition === 1 ? directory : `${directory}-e${edition}`;
  const draft = found.find((one) => one.directory === place);
  refuseForeign(place, subject, draft);
  if (last !== undefined) needsReason(last, issuing);
  const isThere = issuing.isKeeping === true && issuing.signer === undefined && isSameDraft(draft, subject);
  return {
    ...plan,
    directory: place,
    edition,
    isThere,
    ...(last === undefined ? {} : { previous: issued(last) }),
  };
}

/** Under pseudonyms it is a pack of its own: nothing of it may lead to the names in another. */
function asPseudonymised(directory: string, subject: PackSubject, { pseudonyms }: Issuing): Pick<PackPlan, "directory" | "subject"> {
  if (pseudonyms === undefined) return { directory, subject };
  const { fingerprint } = pseudonyms;
  return {
    directory: `${directory}-pseudonyms-${fingerprint.slice(0, 8)}`,
    subject: { ...subject, of: { ...subject.of, [PSEUDONYMS]: fingerprint } },
  };
}

/** The editions of a pack that lie beside each other, in order. */
function editionsAt(directory: string, subject: PackSubject): Found[] {
  const parent = dirname(directory);
  if (!existsSync(parent)) return [];
  const ofSubject = JSON.stringify([subject.kind, subject.of]);
  return readdirSync(parent)
    .map((name) => ({ directory: join(parent, name), edition: editionOf(name, basename(directory)) }))
    .flatMap(({ directory: place, edition }) => {
      const manifest = edition === undefined ? undefined : readManifest(place);
      if (edition === undefined || manifest === undefined) return [];
      if (JSON.stringify([manifest.pack, manifest.of]) !== ofSubject) return [];
      return [{ directory: place, edition, manifest, isIssued: existsSync(join(place, SIGNATURE)) }];
    })
    .toSorted((a, b) => a.edition - b.edition);
}

const EDITION = /^-e([1-9]\d{0,3})$/;

function editionOf(name: string, first: string): number | undefined {
  if (name === first) return 1;
  if (!name.startsWith(first)) return undefined;
  const [, number] = EDITION.exec(name.slice(first.length)) ?? [];
  return number === undefined ? undefined : Number(number);
}

export function readManifest(directory: string): Manifest | undefined {
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(join(directory, MANIFEST), "utf8")));
  } catch {
    return undefined;
  }
}

const hasSameInputs = ({ manifest }: Found, { madeFrom }: PackSubject): boolean => {
  const facts = (record: Readonly<Record<string, unknown>>) => JSON.stringify(Object.entries(record).sort());
  return facts(manifest.made_from) === facts(madeFrom);
};

const isSameDraft = (draft: Found | undefined, subject: PackSubject): boolean =>
  draft !== undefined && hasSameInputs(draft, subject) && isIntact(draft.directory);

function refuseForeign(place: string, { kind }: PackSubject, draft: Found | undefined): void {
  if (!existsSync(place) || draft !== undefined) return;
  throw new DataError(
    `${place} holds something else than an older pack of the same ${kind}: move it or choose another folder`,
  );
}

function needsReason({ directory, manifest }: Found, { reason, signer }: Issuing): void {
  if (signer === undefined || (reason !== undefined && reason.trim() !== "")) return;
  throw new ReasonMissing(
    `${directory} was issued as of ${String(manifest.made_from["as_of"])} and stays as it is, but its inputs have changed: ` +
      "--reason says why there is a new edition",
  );
}

const issued = ({ directory, manifest }: Found): IssuedPack => ({
  folder: basename(directory),
  sumsSha256: sha256(readFileSync(join(directory, SUMS))),
  manifest,
});
