import type { Metadata } from "next";
import { requireViewer } from "@/app/viewer";
import { AuditPage } from "@/components/audit/audit-page";
import { NotPermitted } from "@/components/shell/not-permitted";

export const metadata: Metadata = { title: "Audit" };

export default async function Page() {
  const viewer = await requireViewer();
  if (viewer && !viewer.permissions.includes("audit")) return <NotPermitted title="Audit" />;
  return <AuditPage />;
}
