import type { Metadata } from "next";
import { requireViewer } from "@/app/viewer";
import { PredictionsPage } from "@/components/predictions/predictions-page";

export const metadata: Metadata = { title: "Predictions" };

export default async function Page() {
  await requireViewer();
  return <PredictionsPage />;
}
