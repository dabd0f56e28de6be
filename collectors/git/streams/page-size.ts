/** Records that are stored at once: few enough to be held in memory, enough to make storing them quick. */
export const pageSize = 5_000;
