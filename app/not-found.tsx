import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { PATH_HEADER, requireViewer } from "@/app/viewer";
import { PageHeader } from "@/components/shell/page-header";

export const metadata: Metadata = { title: "Not found" };

export default async function NotFound() {
  // A program that asks for an API that is not there is told so, rather than led to a form.
  if (!(await headers()).get(PATH_HEADER)?.startsWith("/api/")) await requireViewer();
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
