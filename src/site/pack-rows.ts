/** A pack that lies in the folder of packs, as its own files tell of it. */
export interface ListedPack {
  readonly folder: string;
  readonly kind: string;
  /** Exactly what it is about, by name of the part. */
  readonly of: Readonly<Record<string, string>>;
  readonly from: string | null;
  readonly until: string | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly edition: number;
  /** Why there is this edition. */
  readonly reason: string | null;
  readonly asOf: string | null;
  readonly files: number;
  readonly bytes: number;
  /** The hash that names this pack, and of which file it is. */
  readonly sha256: string;
  readonly hashed: string;
  /** Null for a draft. */
  readonly signature: PackSignature | null;
  readonly hasZip: boolean;
  /** Whether no later edition of the same lies there, and whether no later one was issued. */
  readonly isLatest: boolean;
}

export interface PackSignature {
  readonly fingerprint: string;
  readonly identity: string;
  /** Whether it is a signature of the sums as they are now. */
  readonly isGood: boolean;
}
