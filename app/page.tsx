import type { Metadata } from "next";
import { FreshnessPage } from "@/components/freshness/freshness-page";

// The layout's template holds for the segments below it, and this page lies beside it.
export const metadata: Metadata = { title: { absolute: "Freshness · Backcourt" } };

export default function Page() {
  return <FreshnessPage />;
}
