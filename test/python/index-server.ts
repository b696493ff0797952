import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { scratch } from "../scratch.ts";

/**
 * How a file is served: whole, cut off half-way, not at all, under a wrong digest, not even listed, or
 * as bytes that are no archive (their digest is right), or with a byte more than its digest is for.
 */
export type Serving =
  | "whole"
  | "cut"
  | "refuse"
  | "wrong-hash"
  | "no-index"
  | "no-zip"
  | "tampered";

export interface Index {
  address: string;
  /** While this file exists, every call is broken off: the network is away. */
  cutBy: string;
  /** How files whose name begins with `name` are served from now on. */
  serve: (name: string, how: Serving) => void;
  /** Called when a file is asked for, before it is sent. */
  onFile: (listen: (file: string) => void) => void;
  close: () => void;
}

const project = (file: string) =>
  file
    .split("-")[0]!
    .toLowerCase()
    .replaceAll(/[-_.]+/g, "-");

/** A package index on loopback over a folder of wheels, which can fail in chosen ways. */
export async function startIndex(folder: string): Promise<Index> {
  const modes = new Map<string, Serving>();
  let listen: (file: string) => void = () => {};
  const cutBy = join(scratch(), "cut");
  const how = (file: string) => [...modes].find(([name]) => file.startsWith(name))?.[1] ?? "whole";
  const contentOf = (file: string) =>
    how(file) === "no-zip"
      ? Buffer.from("no archive\n".repeat(99))
      : readFileSync(join(folder, file));
  const server: Server = createServer((request, response) => {
    if (existsSync(cutBy)) return void request.socket.destroy();
    const [, kind, name = ""] = (request.url ?? "").split("/");
    if (kind === "files") {
      listen(name);
      const mode = how(name);
      const bytes =
        mode === "tampered" ? Buffer.concat([contentOf(name), Buffer.from("x")]) : contentOf(name);
      if (mode === "refuse") return void request.socket.destroy();
      response.writeHead(200, {
        "content-type": "application/zip",
        "content-length": bytes.length,
      });
      if (mode !== "cut") return void response.end(bytes);
      response.write(bytes.subarray(0, bytes.length / 2), () => request.socket.destroy());
      return;
    }
    const files = readdirSync(folder).filter(
      (file) => project(file) === name && file.endsWith(".whl"),
    );
    if (files.some((file) => how(file) === "no-index")) return void request.socket.destroy();
    if (files.length === 0) return void response.writeHead(404).end();
    const links = files.map((file) => {
      const digest = createHash("sha256").update(contentOf(file));
      const value = how(file) === "wrong-hash" ? "0".repeat(64) : digest.digest("hex");
      return `<a href="/files/${file}#sha256=${value}">${file}</a>`;
    });
    response.writeHead(200, { "content-type": "text/html" });
    response.end(`<!DOCTYPE html><html><body>${links.join("\n")}</body></html>`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    cutBy,
    address: `http://127.0.0.1:${port}/simple`,
    serve: (name, mode) => void modes.set(name, mode),
    onFile: (next) => {
      listen = next;
    },
    close: () => server.close(),
  };
}
