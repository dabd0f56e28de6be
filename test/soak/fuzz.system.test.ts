import { proveReaders } from "./fuzz/prove.ts";
import { READERS } from "./fuzz/readers.ts";

proveReaders(READERS.filter(({ isSlow }) => isSlow === true));
