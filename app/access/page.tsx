import type { Metadata } from "next";
import { requireViewer } from "@/app/viewer";
import { AccessPage } from "@/components/access/access-page";
import { NotPermitted } from "@/components/shell/not-permitted";

export const metadata: Metadata = { title: "Access" };

export default async function Page() {
  const viewer = await requireViewer();
  if (viewer && !viewer.permissions.includes("people")) return <NotPermitted title="Access" />;
  return <AccessPage />;
}
