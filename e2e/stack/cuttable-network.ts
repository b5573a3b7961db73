import { connect, createServer, type Socket } from "node:net";

/** A way to a server on loopback that can be cut like a cable, open streams included. */
export type CuttableNetwork = {
  url: string;
  /** Resets every connection, and every new one, until mended. */
  cut(): void;
  /** Keeps every connection, and takes new ones, but passes nothing on, until mended. */
  hang(): void;
  mend(): void;
  close(): Promise<void>;
};

/** Browsers' own offline mode leaves open streams alone; this does not. Any protocol: only host and port of the URL change. */
export async function openCuttableNetwork(target: string): Promise<CuttableNetwork> {
  const near = new URL(target);
  const { hostname, port } = near;
  const sockets = new Set<Socket>();
  let state: "whole" | "cut" | "hung" = "whole";
  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy()).on("close", () => sockets.delete(socket));
  };
  const cut = () => {
    state = "cut";
    for (const socket of sockets) socket.resetAndDestroy();
  };
  const mend = () => {
    state = "whole";
    for (const socket of sockets) socket.resume();
  };
  const server = createServer((client) => {
    track(client);
    if (state === "cut") return client.resetAndDestroy();
    const far = connect(Number(port), hostname);
    track(far);
    forward(client, far);
    forward(far, client);
    if (state === "hung") for (const socket of [client, far]) socket.pause();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The network has no port.");
  near.hostname = "127.0.0.1";
  near.port = String(address.port);
  return {
    url: near.href.replace(/\/$/, ""),
    cut,
    hang() {
      state = "hung";
      for (const socket of sockets) socket.pause();
    },
    mend,
    close: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Not `pipe`, which would go on by itself after a pause. */
function forward(from: Socket, to: Socket): void {
  from.on("data", (bytes) => to.write(bytes));
  from.on("end", () => to.end());
  from.on("close", () => to.destroy());
}
