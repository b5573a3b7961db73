/** Runs once before the web process takes requests: a bad configuration stops it here, all problems listed. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startServerOrExit } = await import("./app/api/start-server");
  await startServerOrExit();
}
