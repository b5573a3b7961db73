import type { Metadata } from "next";
import { requireViewer } from "@/app/viewer";
import { FreshnessPage } from "@/components/freshness/freshness-page";

// The layout's template holds for the segments below it, and this page lies beside it.
export const metadata: Metadata = { title: { absolute: "Freshness · Backcourt" } };

export default async function Page() {
  await requireViewer();
  return <FreshnessPage />;
}
