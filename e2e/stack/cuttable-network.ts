import { connect, createServer, type Socket } from "node:net";

/** A way to a server on loopback that can be cut like a cable, open streams included. */
export type CuttableNetwork = {
  url: string;
  /** Resets every connection, and every new one, until mended. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
};

/** Browsers' own offline mode leaves open streams alone; this does not. */
export async function openCuttableNetwork(target: string): Promise<CuttableNetwork> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let whole = true;
  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy()).on("close", () => sockets.delete(socket));
  };
  const cut = () => {
    whole = false;
    for (const socket of sockets) socket.resetAndDestroy();
  };
  const server = createServer((near) => {
    track(near);
    if (!whole) return near.resetAndDestroy();
    const far = connect(Number(port), hostname);
    track(far);
    near.pipe(far).pipe(near);
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The network has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    cut,
    mend: () => {
      whole = true;
    },
    close: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
