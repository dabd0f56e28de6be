import { serveOne } from "../vendor.ts";
import { github } from "./vendor.ts";

await serveOne(github);
