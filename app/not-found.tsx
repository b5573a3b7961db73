import type { Metadata } from "next";
import Link from "next/link";
import { requireViewer } from "@/app/viewer";
import { PageHeader } from "@/components/shell/page-header";

export const metadata: Metadata = { title: "Not found" };

export default async function NotFound() {
  await requireViewer();
  return (
    <>
      <PageHeader title="Nothing is here" />
      <p>
        This address names no page of Backcourt. <Link href="/">Freshness</Link> shows the season;{" "}
        <Link href="/runs">Runs</Link> lists what has been run.
      </p>
    </>
  );
}
