// Hashes of Drupal 7 and ASP.NET Core Identity: kind, maker and hash, separated by tabs. Called by
// make.py.
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import path from "node:path";

const [peers, password] = process.argv.slice(2);
const require = createRequire(path.join(peers, "node_modules", "x"));
const drupal = require("drupal-hash");
const aspnet = require("aspnetcore-identity-password-hasher");
const version = (name) => `${name} ${require(`${name}/package.json`).version}`;
const row = (kind, madeBy, hash) => console.log([kind, madeBy, hash].join("\t"));

row("drupal", version("drupal-hash"), drupal.hashPassword(password, 14));
row("drupal few rounds", version("drupal-hash"), drupal.hashPassword(password, 9));
const md5 = createHash("md5").update(password).digest("hex");
row("drupal updated", version("drupal-hash"), `U${drupal.hashPassword(md5, 14)}`);
row("aspnet version 3", version("aspnetcore-identity-password-hasher"), await aspnet.hash(password));
