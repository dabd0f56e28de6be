import { serveOne } from "../vendor.ts";
import { gitlab } from "./vendor.ts";

await serveOne(gitlab);
