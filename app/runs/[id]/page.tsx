import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getServer } from "@/app/api/server";
import { RunPage } from "@/components/runs/run-page";
import { AppError } from "@/lib/errors";
import { runKeys } from "@/lib/queries/run-queries";
import { getRun } from "@/lib/runs/get-run";

export const metadata: Metadata = { title: "Run" };

/** A run's page, with the run in it; an address that names none answers 404. */
export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <HydrationBoundary state={await prefetchRun(id)}>
      <RunPage id={id} />
    </HydrationBoundary>
  );
}

/** Nothing when the database is away: the page then asks for itself, and says what is wrong. */
async function prefetchRun(id: string) {
  const client = new QueryClient();
  try {
    client.setQueryData(runKeys.detail(id), await getRun(getServer().runs, id));
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") notFound();
    getServer().logger.warn({ err: error }, "a run could not be read for its page");
  }
  return dehydrate(client);
}
