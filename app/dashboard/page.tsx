import type { Metadata } from "next";
import { requireViewer } from "@/app/viewer";
import { DashboardPage } from "@/components/dashboard/dashboard-page";

export const metadata: Metadata = { title: "Dashboard" };

export default async function Page() {
  await requireViewer();
  return <DashboardPage />;
}
