import { AppError } from "@/lib/errors";

const MAX_BODY_BYTES = 256 * 1024;

/** A request's body as JSON, read no further than it may be long. @throws AppError `invalid-request`, `too-large` */
export async function readJson(request: Request): Promise<unknown> {
  if (!request.headers.get("content-type")?.startsWith("application/json")) {
    throw new AppError("invalid-request", "Send the request's body as application/json.");
  }
  const text = await readText(request);
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("invalid-request", "The request's body is not valid JSON.");
  }
}

async function readText(request: Request): Promise<string> {
  if (request.body === null) return "";
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  for (let bytes = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks).toString("utf8");
    bytes += value.byteLength;
    if (bytes > MAX_BODY_BYTES) {
      await reader.cancel();
      throw new AppError("too-large", "The request's body is larger than 256 KiB.");
    }
    chunks.push(value);
  }
}
