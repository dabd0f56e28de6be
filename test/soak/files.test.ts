import { prove } from "./prove.ts";
import { files } from "./files/seeds.ts";

prove(files);
