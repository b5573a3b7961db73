import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { RunPage } from "@/components/runs/run-page";

export const metadata: Metadata = { title: "Run" };

/** A run's page; an address that can be no run's id is refused before anything is asked. */
export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!z.uuid().safeParse(id).success) notFound();
  return <RunPage id={id} />;
}
