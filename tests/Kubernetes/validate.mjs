// Strict validation of Kubernetes manifests without a cluster: node validate.mjs MODULES FILE…
// One line for each problem, "FILE: OBJECT: what". The compiled schemas of kubernetes-models check types, required fields, enumerations
// and formats, but let unknown fields pass: a proxy notes which keys a schema asks an object for, and a key that none asked for is unknown.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [modules, ...files] = process.argv.slice(2);
const require = createRequire(pathToFileURL(path.join(modules, "x.js")));
const yaml = require("js-yaml");
const packages = ["kubernetes-models", "@kubernetes-models/keda", "@kubernetes-models/prometheus-operator", "@kubernetes-models/cert-manager"];
const validators = new Map();
const quantity = /^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/;

async function validatorOf(apiVersion, kind) {
  const key = `${apiVersion}/${kind}`;
  if (!validators.has(key)) validators.set(key, await load(apiVersion, kind));
  return validators.get(key);
}

async function load(apiVersion, kind) {
  if (!/^[-a-z0-9./]+$/.test(apiVersion) || !/^[A-Za-z]+$/.test(kind)) return undefined;
  for (const name of packages) {
    const file = ["js", "mjs"].map(end => path.join(modules, name, apiVersion, `${kind}.${end}`)).find(f => fs.existsSync(f));
    if (!file) continue;
    const schema = fs.readFileSync(file, "utf8").match(/["']([^"']*_schemas\/[^"']+)["']/)?.[1];
    const whole = path.resolve(path.dirname(file), /\.m?js$/.test(schema) ? schema : `${schema}.js`);
    return (await import(pathToFileURL(whole))).validate;
  }
  return undefined;
}

// What was asked of each object, by its path.
function watched(object, where, seen) {
  if (object === null || typeof object !== "object") return object;
  const record = { object, asked: new Set(), all: false };
  const children = new Map();
  seen.set(where, record);
  return new Proxy(object, {
    get(target, key) {
      if (typeof key === "string") record.asked.add(key);
      const value = target[key];
      if (!value || typeof value !== "object") return value;
      if (!children.has(key)) children.set(key, watched(value, `${where}/${String(key)}`, seen));
      return children.get(key);
    },
    has(target, key) { record.asked.add(key); return key in target; },
    ownKeys(target) { record.all = true; return Reflect.ownKeys(target); },
  });
}

function* quantities(object, where) {
  if (object === null || typeof object !== "object") return;
  for (const [key, value] of Object.entries(object)) {
    const isOfQuantities = (key === "requests" || key === "limits") && value && typeof value === "object";
    const all = isOfQuantities ? Object.entries(value).map(([k, v]) => [`${key}/${k}`, v]) : key === "sizeLimit" ? [[key, value]] : [];
    for (const [name, v] of all) if (!quantity.test(String(v))) yield `${where}/${name} is no quantity: ${v}`;
    yield* quantities(value, `${where}/${key}`);
  }
}

async function* problems(document) {
  const validate = document.apiVersion && document.kind && await validatorOf(String(document.apiVersion), String(document.kind));
  if (!validate) { yield `unknown kind ${document.apiVersion}/${document.kind}`; return; }
  const seen = new Map();
  if (!validate(watched(document, "", seen), {})) for (const e of validate.errors) yield `${e.instancePath || "/"} ${e.keyword} ${JSON.stringify(e.params)}`;
  for (const [where, { object, asked, all }] of seen)
    if (!all && !Array.isArray(object)) for (const key of Object.keys(object)) if (!asked.has(key)) yield `${where}/${key} is unknown`;
  if (!document.metadata?.name) yield "/metadata/name is missing";
  yield* quantities(document, "");
}

for (const file of files) {
  let documents = [];
  try { documents = yaml.loadAll(fs.readFileSync(file, "utf8")); } catch (e) { console.log(`${file}: ${e.message.split("\n")[0]}`); }
  for (const document of documents) {
    if (document === null || document === undefined) continue;
    for await (const problem of problems(document)) console.log(`${file}: ${document.kind} ${document.metadata?.name}: ${problem}`);
  }
}
