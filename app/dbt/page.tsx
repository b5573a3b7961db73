import type { Metadata } from "next";
import { requireViewer } from "@/app/viewer";
import { DbtPage } from "@/components/dbt/dbt-page";

export const metadata: Metadata = { title: "dbt" };

export default async function Page() {
  await requireViewer();
  return <DbtPage />;
}
