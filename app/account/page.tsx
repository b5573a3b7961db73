import type { Metadata } from "next";
import { requireViewer } from "@/app/viewer";
import { AccountPage } from "@/components/account/account-page";

export const metadata: Metadata = { title: "Your account" };

export default async function Page() {
  await requireViewer();
  return <AccountPage />;
}
