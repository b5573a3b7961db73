#!/usr/bin/env node
// Prisma's CLI downloads a native schema engine from a host of its own, which a closed network refuses.
// This executable is that engine from npm (WebAssembly), spoken to as the CLI speaks to the native one.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

const { values: options, positionals } = parseArgs({
  options: {
    version: { type: "boolean" },
    datasource: { type: "string" },
    datamodels: { type: "string", multiple: true },
    "enabled-preview-features": { type: "string" },
    "extension-types": { type: "string" },
  },
  allowPositionals: true,
});
const url = options.datasource ? JSON.parse(options.datasource).url : undefined;

if (options.version) await printVersion();
else if (positionals[0] === "cli") await runDatabaseCommand(positionals[1]);
else await answerRequests();

/** The CLI compares the second word with the engine hash that it was built for. */
async function printVersion() {
  const manifest = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const { version } = JSON.parse(readFileSync(new URL("package.json", `file://${manifest}`), "utf8"));
  console.log(`schema-engine-cli ${version.split(".").at(-1)}`);
}

/** `can-connect-to-database` and `create-database` answer by exit code, with a log line on stderr. */
async function runDatabaseCommand(command) {
  const target = new URL(url);
  const database = decodeURIComponent(target.pathname.slice(1));
  if (command === "create-database") target.pathname = "/postgres";
  const client = new pg.Client({ connectionString: target.href });
  try {
    await client.connect();
    if (command === "create-database") await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
    await client.end();
  } catch (error) {
    const errorCode = { "3D000": "P1003", "28P01": "P1000", "28000": "P1010" }[error.code] ?? "P1001";
    const fields = { error_code: errorCode, message: `${error.message || error.code} (${target.host}, database ${database})` };
    console.error(`\n${JSON.stringify({ level: "ERROR", target: "schema_engine::logger", fields })}`);
    process.exitCode = 1;
  }
}

async function answerRequests() {
  const engine = await createEngine();
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    // Without a method it is the CLI's answer to our own `print`.
    if (request.method) send({ id: request.id, ...(await answer(engine, request)) });
  }
}

async function answer(engine, { method, params }) {
  try {
    const result = await engine[method](params);
    if (method === "diff" && result.stdout) send({ id: 0, method: "print", params: { content: result.stdout } });
    return { result: result ?? null };
  } catch (error) {
    const data = { is_panic: error instanceof WebAssembly.RuntimeError, message: error.message, error_code: error.code };
    return { error: { code: 4466, message: error.message, data } };
  }
}

/** Node 20 cannot import WebAssembly as a module, so what the package's entry point does is done here. */
async function createEngine() {
  const wasmFile = fileURLToPath(import.meta.resolve("@prisma/schema-engine-wasm/schema_engine_bg")).replace(/\.js$/, ".wasm");
  const { instance } = await WebAssembly.instantiate(readFileSync(wasmFile), { "./schema_engine_bg.js": bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();

  const adapter = new PrismaPg({ connectionString: url }, { schema: url && (new URL(url).searchParams.get("schema") ?? undefined) });
  const datamodels = options.datamodels?.map((file) => [file, readFileSync(file, "utf8")]);
  return bindings.SchemaEngine.new({ datamodels }, () => {}, bindMigrationAwareSqlAdapterFactory(adapter));
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
}
