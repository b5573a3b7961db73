import type { Metadata } from "next";
import { requireViewer } from "@/app/viewer";
import { RunsPage } from "@/components/runs/runs-page";

export const metadata: Metadata = { title: "Runs" };

export default async function Page() {
  await requireViewer();
  return <RunsPage />;
}
