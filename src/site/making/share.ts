/** What two threads do between them, piece by piece: each takes what the other has not. */
export type Share = Uint8Array<SharedArrayBuffer>;

export const shareOf = (pieces: number): Share => new Uint8Array(new SharedArrayBuffer(pieces));

/** Whether the piece was still free, and is ours now. */
export const take = (share: Share, piece: number): boolean => Atomics.exchange(share, piece, 1) === 0;
