import type { Metadata } from "next";
import { requireViewer } from "@/app/viewer";
import { HealthPage } from "@/components/health/health-page";

export const metadata: Metadata = { title: "Health" };

export default async function Page() {
  await requireViewer();
  return <HealthPage />;
}
