import type { Metadata } from "next";
import { DbtPage } from "@/components/dbt/dbt-page";

export const metadata: Metadata = { title: "dbt" };

export default function Page() {
  return <DbtPage />;
}
