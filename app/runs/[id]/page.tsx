import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { getServer } from "@/app/api/server";
import { requireViewer } from "@/app/viewer";
import { RunPage } from "@/components/runs/run-page";
import { runTitle } from "@/components/runs/run-title";
import { isAppError } from "@/lib/errors";
import { runKeys } from "@/lib/queries/run-queries";
import { getRun } from "@/lib/runs/get-run";

type Address = { params: Promise<{ id: string }> };

/** Read once for the title and the page. */
const readRun = cache((id: string) => getRun(getServer().runs, id));

/** The title that the page itself goes on with when the run's state changes. */
export async function generateMetadata({ params }: Address): Promise<Metadata> {
  const { id } = await params;
  const run = (await requireViewer()) && (await readRun(id).catch(() => null));
  return { title: run ? runTitle(run) : "Run" };
}

/** A run's page, with the run in it; an address that names none answers 404. */
export default async function Page({ params }: Address) {
  const viewer = await requireViewer();
  const { id } = await params;
  return (
    <HydrationBoundary state={viewer ? await prefetchRun(id) : undefined}>
      <RunPage id={id} />
    </HydrationBoundary>
  );
}

/** Nothing when the database is away: the page then asks for itself, and says what is wrong. */
async function prefetchRun(id: string) {
  const client = new QueryClient();
  try {
    client.setQueryData(runKeys.detail(id), await readRun(id));
  } catch (error) {
    if (isAppError(error) && error.code === "not-found") notFound();
    getServer().logger.warn({ err: error }, "a run could not be read for its page");
  }
  return dehydrate(client);
}
