#!/usr/bin/env node
// Prisma's CLI downloads a native schema engine from a host of its own, which a closed network refuses.
// This executable is that engine from npm (WebAssembly), spoken to as the CLI speaks to the native one.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  mockAdapter,
} from "@prisma/driver-adapter-utils";
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
const bindingsUrl = import.meta.resolve("@prisma/schema-engine-wasm/schema_engine_bg");
const url = options.datasource ? JSON.parse(options.datasource).url : undefined;
/** @type {any} called by the method names of the CLI's requests */
let engine;

if (options.version) printVersion();
else if (positionals[0] === "cli") await runDatabaseCommand(positionals[1]);
else await answerRequests();

/** The CLI compares the second word with the engine hash that it was built for. */
function printVersion() {
  const { version } = JSON.parse(readFileSync(new URL("package.json", bindingsUrl), "utf8"));
  console.log(`schema-engine-cli ${version.split(".").at(-1)}`);
}

/**
 * `can-connect-to-database` and `create-database` answer by exit code, with a log line on stderr.
 * @param {string | undefined} command
 */
async function runDatabaseCommand(command) {
  const target = new URL(url);
  const database = decodeURIComponent(target.pathname.slice(1));
  if (command === "create-database") target.pathname = "/postgres";
  const client = new pg.Client({ connectionString: target.href });
  try {
    await client.connect();
    if (command === "create-database")
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
    await client.end();
  } catch (caught) {
    const error = /** @type {{ code?: string, message: string }} */ (caught);
    /** @type {Record<string, string>} */
    const prismaCodes = { "3D000": "P1003", "28P01": "P1000", 28000: "P1010" };
    const errorCode = prismaCodes[error.code ?? ""] ?? "P1001";
    const fields = {
      error_code: errorCode,
      message: `${error.message || error.code} (${target.host}, database ${database})`,
    };
    console.error(`\n${JSON.stringify({ level: "ERROR", target: "schema_engine::logger", fields })}`);
    process.exitCode = 1;
  }
}

async function answerRequests() {
  loadBindings();
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    // Without a method it is the CLI's answer to our own `print`.
    if (request.method) send({ id: request.id, ...(await answer(request)) });
  }
}

/** @param {{ method: string, params: any }} request */
async function answer({ method, params }) {
  try {
    engine ??= await createEngine(method === "diff" && [params.from, params.to].every(isSchemaText));
    const result = await engine[method](params);
    if (method === "diff" && result.stdout)
      send({ id: 0, method: "print", params: { content: result.stdout } });
    return { result: result ?? null };
  } catch (caught) {
    const error = /** @type {{ code?: string, message: string }} */ (caught);
    const data = {
      is_panic: caught instanceof WebAssembly.RuntimeError,
      message: error.message,
      error_code: error.code,
    };
    return { error: { code: 4466, message: error.message, data } };
  }
}

/** Node 20 cannot import WebAssembly as a module, so what the package's entry point does is done here. */
function loadBindings() {
  const wasm = readFileSync(new URL("schema_engine_bg.wasm", bindingsUrl));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm), {
    "./schema_engine_bg.js": bindings,
  });
  bindings.__wbg_set_wasm(instance.exports);
  /** @type {() => void} */ (instance.exports.__wbindgen_start)();
}

/** The engine connects as soon as it exists, so a diff of two schema files gets one that has no database. @param {boolean} withoutDatabase */
function createEngine(withoutDatabase) {
  const schema = url && (new URL(url).searchParams.get("schema") ?? undefined);
  const adapter = withoutDatabase
    ? adapterWithoutDatabase()
    : sendingScriptsWhole(new PrismaPg({ connectionString: url }, { schema }));
  const datamodels = options.datamodels?.map(
    (file) => /** @type {[string, string]} */ ([file, readFileSync(file, "utf8")]),
  );
  return bindings.SchemaEngine.new({ datamodels }, () => {}, bindMigrationAwareSqlAdapterFactory(adapter));
}

/**
 * Prisma's adapter cuts a script at each semicolon, also within a function's body; PostgreSQL takes it whole.
 * @param {PrismaPg} factory
 */
function sendingScriptsWhole(factory) {
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const connection = /** @type {any} */ (await connect());
    connection.executeScript = async (/** @type {string} */ script) => {
      await connection.client
        .query(script)
        .catch((/** @type {unknown} */ error) => connection.onError(error));
    };
    return connection;
  };
  return factory;
}

/** Answers the one question that the engine asks on connecting: does the schema exist, and which server is this? */
function adapterWithoutDatabase() {
  const queryRaw = async () => ({
    columnNames: ["exists", "version", "numeric_version"],
    columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
    rows: [[true, "PostgreSQL 18.0", 180000]],
  });
  const connection = { ...mockAdapter("postgres"), queryRaw, dispose: async () => {} };
  return { ...connection, connect: async () => connection, connectToShadowDb: async () => connection };
}

/** @param {{ tag: string }} target */
function isSchemaText(target) {
  return target.tag === "empty" || target.tag === "schemaDatamodel";
}

/** @param {object} message */
function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
}
